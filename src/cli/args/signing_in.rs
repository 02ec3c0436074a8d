//! What can be typed about sessions with AWS.

use clap::Args;

#[derive(Debug, Default, Args)]
pub struct Login {
    /// Choose account and role anew
    #[arg(long)]
    pub choose: bool,
    /// Account to use: its 12 digits, or its name
    #[arg(long, value_name = "ID|NAME")]
    pub account: Option<String>,
    /// Role to use
    #[arg(long, value_name = "NAME", requires = "account")]
    pub role: Option<String>,
    /// Leave the AWS config file alone
    #[arg(long)]
    pub no_config: bool,
    /// Write the AWS config file without asking, also after it was declined
    #[arg(long, conflicts_with = "no_config")]
    pub write_config: bool,
    /// Say whether there is a session and for how long; exit 0 when there is, 1 when not
    #[arg(long, conflicts_with_all = ["choose", "account", "force"])]
    pub status: bool,
    /// Sign in anew, even while signed in
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub way: Way,
    #[command(flatten)]
    pub named: Named,
}

/// How to sign in. Without a flag it is chosen by itself, and said.
#[derive(Clone, Debug, Default, Args)]
pub struct Way {
    /// Approve a code on any device instead of using this machine's browser
    #[arg(long, visible_alias = "device-code")]
    pub use_device_code: bool,
    /// Use the browser, also where a code would be chosen (SSH, containers, …)
    #[arg(long, conflicts_with = "use_device_code")]
    pub use_browser: bool,
    /// Open no browser: a code is shown, or with --use-browser the address to open
    #[arg(long)]
    pub no_browser: bool,
}

/// A session without a profile, or beside a broken one.
#[derive(Clone, Debug, Default, Args)]
pub struct Named {
    /// The AWS access portal, instead of the profile's
    #[arg(long, value_name = "URL", requires = "region")]
    pub start_url: Option<String>,
    /// The portal's region
    #[arg(long, value_name = "REGION", requires = "start_url")]
    pub region: Option<String>,
    /// The session's name in the AWS config file; by default the first word of the portal's host
    #[arg(long, value_name = "NAME", requires = "start_url")]
    pub session: Option<String>,
}

#[derive(Debug, Args)]
pub struct Logout {
    /// End every AWS session on this machine, whoever began it; needs no profile
    #[arg(long, conflicts_with = "start_url")]
    pub all: bool,
    #[command(flatten)]
    pub named: Named,
}

#[derive(Debug, Args)]
pub struct CredentialProcess {
    /// Account: its 12 digits, or its name; by default the one chosen at login
    #[arg(long, value_name = "ID|NAME")]
    pub account: Option<String>,
    /// Role; may be left out where there is only one
    #[arg(long, value_name = "NAME", requires = "account")]
    pub role: Option<String>,
}
