//! The AWS CLI's token cache: same place, same names, same fields.
//!
//! The rule: what we write, AWS CLI v2 and every SDK read, and the other way round. So nothing of our own
//! goes into a token file (others drop unknown fields), dates are written the CLI's way and read
//! leniently. Only permissions are stricter: folder 0700 when we make it, file 0600, replaced atomically.
//!
//! Names and forms: measured against AWS CLI 2.36, boto3 1.43 and the SDKs for Rust and JavaScript.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Duration, OffsetDateTime, PrimitiveDateTime};

use super::{SCOPE, SessionName, SsoError};
use crate::private_file;
use crate::secret::SecretValue;
use crate::settings::Settings;

/// Tokens this close to their end are refreshed, as in Python's clients.
const REFRESH_WINDOW: Duration = Duration::minutes(15);

/// A session token, as far as we need it.
#[derive(Clone, Debug)]
pub struct Token {
    pub access_token: SecretValue,
    pub expires_at: OffsetDateTime,
    pub refresh_token: Option<SecretValue>,
    /// The client the token was issued to; needed to refresh it.
    pub client: Option<Registration>,
}

impl Token {
    pub fn is_valid(&self, now: OffsetDateTime) -> bool {
        now < self.expires_at
    }

    /// True when it is time for a silent refresh.
    pub fn is_stale(&self, now: OffsetDateTime) -> bool {
        now + REFRESH_WINDOW >= self.expires_at
    }
}

/// Our client registration with the sign-in service.
#[derive(Clone, Debug)]
pub struct Registration {
    pub client_id: String,
    pub client_secret: SecretValue,
    pub expires_at: OffsetDateTime,
}

/// `~/.aws/sso/cache`.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// # Errors
    /// [`SsoError::NoHome`] without a home folder: no variable moves this cache.
    pub fn of(settings: &Settings) -> Result<Self, SsoError> {
        Ok(Self { folder: settings.aws_folder().ok_or(SsoError::NoHome)?.join("sso/cache") })
    }

    /// Where the token of `session` stands: SHA-1 of the session's name.
    pub fn token_path(&self, session: &SessionName) -> PathBuf {
        self.folder.join(format!("{}.json", sha1_hex(&session.session)))
    }

    /// The token on disk, expired or not; `None` when there is none that can be read.
    pub fn token(&self, session: &SessionName) -> Option<Token> {
        let path = self.token_path(session);
        read::<TokenFile>(&path).or_else(|| again(&path)).and_then(TokenFile::into_token)
    }

    /// # Errors
    /// [`SsoError::Write`] with the path.
    pub fn store_token(&self, session: &SessionName, token: &Token) -> Result<(), SsoError> {
        self.write(&self.token_path(session), &TokenFile::from_token(session, token))
    }

    /// Removes the token of `session`; true when there was one.
    ///
    /// # Errors
    /// [`SsoError::Write`] when it cannot be removed.
    pub fn remove_token(&self, session: &SessionName) -> Result<bool, SsoError> {
        let path = self.token_path(session);
        match std::fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(source) => Err(SsoError::Write { path, source }),
        }
    }

    /// Our registration, while it has more than a quarter of an hour to live.
    pub fn registration(&self, session: &SessionName, now: OffsetDateTime) -> Option<Registration> {
        let file: RegistrationFile = read(&self.registration_path(session))?;
        let expires_at = parse_date(&file.expires_at)?;
        (expires_at > now + REFRESH_WINDOW).then(|| Registration {
            client_id: file.client_id,
            client_secret: SecretValue::new(file.client_secret),
            expires_at,
        })
    }

    /// # Errors
    /// [`SsoError::Write`] with the path.
    pub fn store_registration(&self, session: &SessionName, client: &Registration) -> Result<(), SsoError> {
        let file = RegistrationFile {
            client_id: client.client_id.clone(),
            client_secret: client.client_secret.expose_to(str::to_owned),
            expires_at: format_date(client.expires_at),
            scopes: vec![SCOPE.to_owned()],
        };
        self.write(&self.registration_path(session), &file)
    }

    /// Files of this sign-in that we made: our registration, and the session token if it was issued to it.
    pub fn made_by_us(&self, session: &SessionName) -> Vec<PathBuf> {
        let path = self.registration_path(session);
        let Some(ours) = read::<RegistrationFile>(&path) else { return Vec::new() };
        let issued = self.token(session).and_then(|token| token.client);
        let token =
            issued.filter(|client| client.client_id == ours.client_id).map(|_| self.token_path(session));
        [Some(path), token].into_iter().flatten().collect()
    }

    /// The name is botocore's, with our own `tool`: we never fight the AWS CLI over one slot.
    fn registration_path(&self, session: &SessionName) -> PathBuf {
        let key = format!(
            r#"{{"region": {}, "scopes": ["{SCOPE}"], "session_name": {}, "startUrl": {}, "tool": "devsecrets"}}"#,
            json(&session.region),
            json(&session.session),
            json(&session.start_url)
        );
        self.folder.join(format!("{}.json", sha1_hex(&key)))
    }

    fn write(&self, path: &Path, content: &impl Serialize) -> Result<(), SsoError> {
        let failed = |source| SsoError::Write { path: path.to_owned(), source };
        let text = serde_json::to_vec(content).map_err(|error| failed(error.into()))?;
        private_file::replace(path, &zeroize::Zeroizing::new(text)).map_err(failed)
    }
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Option<T> {
    let bytes = zeroize::Zeroizing::new(std::fs::read(path).ok()?);
    serde_json::from_slice(&bytes).ok()
}

/// The CLI truncates and writes in place, so a reader can meet half a file: look once more.
fn again(path: &Path) -> Option<TokenFile> {
    path.exists().then(|| std::thread::sleep(std::time::Duration::from_millis(40)))?;
    read(path)
}

/// Fields in the CLI's own order.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenFile {
    #[serde(default)]
    start_url: Option<String>,
    #[serde(default)]
    region: Option<String>,
    access_token: String,
    expires_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_secret: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registration_expires_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl TokenFile {
    fn into_token(mut self) -> Option<Token> {
        Some(Token {
            client: self.client(),
            access_token: SecretValue::new(std::mem::take(&mut self.access_token)),
            expires_at: parse_date(&self.expires_at)?,
            refresh_token: self.refresh_token.take().map(SecretValue::new),
        })
    }

    fn client(&mut self) -> Option<Registration> {
        Some(Registration {
            client_id: self.client_id.take()?,
            client_secret: SecretValue::new(self.client_secret.take()?),
            expires_at: parse_date(self.registration_expires_at.as_deref()?)?,
        })
    }

    fn from_token(session: &SessionName, token: &Token) -> Self {
        let client = token.client.as_ref();
        Self {
            start_url: Some(session.start_url.clone()),
            region: Some(session.region.clone()),
            access_token: token.access_token.expose_to(str::to_owned),
            expires_at: format_date(token.expires_at),
            client_id: client.map(|c| c.client_id.clone()),
            client_secret: client.map(|c| c.client_secret.expose_to(str::to_owned)),
            registration_expires_at: client.map(|c| format_date(c.expires_at)),
            refresh_token: token.refresh_token.as_ref().map(|t| t.expose_to(str::to_owned)),
        }
    }
}

impl Drop for TokenFile {
    fn drop(&mut self) {
        use zeroize::Zeroize as _;
        self.access_token.zeroize();
        self.client_secret.zeroize();
        self.refresh_token.zeroize();
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RegistrationFile {
    client_id: String,
    client_secret: String,
    expires_at: String,
    #[serde(default)]
    scopes: Vec<String>,
}

fn sha1_hex(text: &str) -> String {
    Sha1::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A JSON string as Python's `json.dumps` writes it: everything beyond ASCII is escaped.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let mut out = String::with_capacity(quoted.len());
    for unit in quoted.encode_utf16() {
        match char::from_u32(u32::from(unit)) {
            Some(c) if c.is_ascii() => out.push(c),
            _ => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out
}

/// `YYYY-MM-DDTHH:MM:SSZ`, the form every client reads.
fn format_date(at: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
    at.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
}

/// Reads `Z`, fractions, `+00:00`, and the `UTC` ending of the CLIs of 2020.
fn parse_date(text: &str) -> Option<OffsetDateTime> {
    let old = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]UTC");
    OffsetDateTime::parse(text, &Rfc3339)
        .ok()
        .or_else(|| PrimitiveDateTime::parse(text, old).ok().map(PrimitiveDateTime::assume_utc))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    fn session() -> SessionName {
        SessionName {
            session: "corp".into(),
            start_url: "https://d-9067f00d00.awsapps.com/start".into(),
            region: "us-east-1".into(),
        }
    }

    fn cache(home: &Path) -> Cache {
        Cache::of(&Settings::bare("/", home)).unwrap()
    }

    fn token() -> Token {
        Token {
            access_token: SecretValue::new("canary-access"),
            expires_at: datetime!(2030-01-02 03:04:05 UTC),
            refresh_token: None,
            client: None,
        }
    }

    #[test]
    fn the_file_name_is_the_cli_s() {
        let path = cache(Path::new("/h")).token_path(&session());
        assert_eq!(path, Path::new("/h/.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json"));
    }

    #[test]
    fn the_registration_key_is_botocore_s_form() {
        // The vector of the AWS CLI's own slot, with its tool name put in the place of ours.
        let key = format!(
            r#"{{"region": {}, "scopes": ["{SCOPE}"], "session_name": {}, "startUrl": {}, "tool": "botocore"}}"#,
            json("us-east-1"),
            json("corp"),
            json("https://d-9067f00d00.awsapps.com/start")
        );
        assert_eq!(sha1_hex(&key), "b5b460f14b8d0e43a697850c01f326c224bec183");
        assert_eq!(json("é😀"), r#""\u00e9\ud83d\ude00""#);
    }

    #[test]
    fn a_token_comes_back_and_is_private() {
        let home = tempfile::tempdir().unwrap();
        let cache = cache(home.path());
        cache.store_token(&session(), &token()).unwrap();
        let text = std::fs::read_to_string(cache.token_path(&session())).unwrap();
        assert_eq!(
            text,
            r#"{"startUrl":"https://d-9067f00d00.awsapps.com/start","region":"us-east-1","accessToken":"canary-access","expiresAt":"2030-01-02T03:04:05Z"}"#
        );
        assert!(cache.token(&session()).unwrap().access_token.same_as(&token().access_token));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&cache.token_path(&session())), 0o600);
            assert_eq!(mode(&cache.folder), 0o700);
        }
    }

    #[test]
    fn dates_are_read_leniently() {
        for text in [
            "2030-01-02T03:04:05Z",
            "2030-01-02T03:04:05.000Z",
            "2030-01-02T03:04:05+00:00",
            "2030-01-02T03:04:05UTC",
        ] {
            assert_eq!(parse_date(text), Some(datetime!(2030-01-02 03:04:05 UTC)), "{text}");
        }
        assert_eq!(parse_date("tomorrow"), None);
    }

    #[test]
    fn a_broken_file_is_no_token() {
        let home = tempfile::tempdir().unwrap();
        let cache = cache(home.path());
        cache.store_token(&session(), &token()).unwrap();
        for text in ["", "{", "[]", r#"{"accessToken":"x"}"#, r#"{"accessToken":"x","expiresAt":"?"}"#] {
            #[expect(clippy::disallowed_methods, reason = "a test breaks a file on purpose")]
            std::fs::write(cache.token_path(&session()), text).unwrap();
            assert!(cache.token(&session()).is_none(), "{text}");
        }
    }
}
