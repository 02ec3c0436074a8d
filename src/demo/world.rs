//! The sandbox's Identity Center and secrets, as the bundled `services` profile asks for them.

use std::io;

use rand::TryRng as _;
use serde_json::json;

use crate::sandbox::World;

/// Values are random on every start, so nobody takes one for real.
pub(super) fn world(auto_approve: bool) -> io::Result<World> {
    let world = World::new()
        .start_url("https://acme.awsapps.com/start")
        .region("eu-west-2")
        .poll_interval(1)
        .account(
            "111122223333",
            "Acme Development",
            "aws-development@acme.example",
            &["Developer", "ReadOnly"],
        )
        .account("444455556666", "Acme Staging", "aws-staging@acme.example", &["ReadOnly"])
        .secret_in("111122223333", "media/development", media()?)
        .secret_in("111122223333", "agent9-search/development", search()?)
        .secret_in("111122223333", "backend/development", "{}");
    Ok(if auto_approve { world.auto_approve() } else { world })
}

fn media() -> io::Result<String> {
    let (id, secret) = (random(10)?.to_uppercase(), random(20)?);
    Ok(json!({ "S3_ACCESS_KEY_ID": format!("DEMO{id}"), "S3_SECRET_ACCESS_KEY": secret }).to_string())
}

fn search() -> io::Result<String> {
    Ok(json!({ "TYPESENSE_API_KEY": random(24)?, "TYPESENSE_PROTOCOL": "https" }).to_string())
}

/// `bytes` random bytes in hex.
pub(super) fn random(bytes: usize) -> io::Result<String> {
    let mut buffer = vec![0; bytes];
    rand::rngs::SysRng.try_fill_bytes(&mut buffer).map_err(io::Error::other)?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}
