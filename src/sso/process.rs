//! Role keys in the form a `credential_process` answers in, which every SDK and tool of AWS reads.

use time::UtcOffset;
use time::macros::format_description;

use super::RoleKeys;
use crate::secret::SecretValue;

/// The one document of a `credential_process`: the AWS SDK reference's fields, with a numeric `Version`.
///
/// The SDK for Rust insists on RFC 3339 for `Expiration`; without it keys would never be asked for again.
pub fn credential_process(account: &str, keys: &RoleKeys) -> SecretValue {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    let expires = keys.expires_at.to_offset(UtcOffset::UTC).format(form).unwrap_or_default();
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let secret = |value: &SecretValue| zeroize::Zeroizing::new(value.expose_to(text));
    let (key, token) = (secret(&keys.secret_access_key), secret(&keys.session_token));
    SecretValue::new(format!(
        "{{\"Version\":1,\"AccessKeyId\":{},\"SecretAccessKey\":{},\"SessionToken\":{},\"Expiration\":{},\"AccountId\":{}}}\n",
        text(&keys.access_key_id),
        key.as_str(),
        token.as_str(),
        text(&expires),
        text(account),
    ))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn the_document_is_the_documented_one() {
        let keys = RoleKeys {
            access_key_id: "ASIAEXAMPLE".into(),
            secret_access_key: SecretValue::new("canary/+=\"1"),
            session_token: SecretValue::new("canary-2"),
            expires_at: datetime!(2030-01-02 03:04:05.678 +02:00),
        };
        let document = credential_process("001122334455", &keys);
        let read: serde_json::Value = document.expose_to(|text| serde_json::from_str(text).unwrap());
        let wanted = serde_json::json!({
            "Version": 1,
            "AccessKeyId": "ASIAEXAMPLE",
            "SecretAccessKey": "canary/+=\"1",
            "SessionToken": "canary-2",
            "Expiration": "2030-01-02T01:04:05Z",
            "AccountId": "001122334455",
        });
        assert_eq!(read, wanted);
        assert!(!format!("{document:?}").contains("canary"));
    }
}
