# Short names for the scripts; what each does stands in the script itself.

# List what there is
_default:
    @just --list

# Everything a change must pass, as CI runs it
check:
    .ci/run

# Install what the tests compare us with, and run them
test *arguments:
    tests/run {{ arguments }}

# Look at everything on a sandbox
demo *arguments:
    cargo run --quiet --locked -- demo {{ arguments }}

# Review changed screens and outputs (cargo install cargo-insta)
snap:
    cargo insta review

# Write profiles/schema.json anew from the types
schema:
    UPDATE_SCHEMA=1 cargo test --locked --test profiles schema

# Draw the README's pictures anew from the tests' own frames
pictures:
    UPDATE_PICTURES=1 cargo test --locked pictures

# Build what is shipped: target/ship/devsecrets
ship:
    .ci/ship

# Measure what is shipped
bench:
    benches/run
    benches/remote
    benches/keychain
    benches/screen
    benches/audit
