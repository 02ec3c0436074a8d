//! The bundled profiles carry what their documents name, the schema file is the types', and no text
//! makes the reader panic or fall silent.

#![expect(clippy::unwrap_used, reason = "a test stops at a surprise, in its helpers too")]

#[path = "profiles/bundled.rs"]
mod bundled;
#[path = "profiles/faults.rs"]
mod faults;
#[path = "profiles/hostile.rs"]
mod hostile;
#[path = "profiles/schema.rs"]
mod schema;
