//! Profiles that are as small as a case allows.

/// One service, one store, one of each kind of variable.
pub const ONE_SERVICE: &str = r#"
schema = 1
name = "shop"
title = "Shop"
environments = ["development", "staging", "production"]

[sso]
session = "shop"
start_url = "https://acme.awsapps.com/start"
region = "eu-west-2"
aws_profile = "shop"

[store.aws]
kind = "aws-secrets-manager"
region = "eu-west-2"
ids = ["{service}/{environment}"]

[variables.API_KEY]
about = "Calls the payments provider"

[variables.PORT]
secret = false
default = { development = "8080" }

[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY", "PORT"]
"#;

/// Two services that share one env file.
pub const SHARED_FILE: &str = r#"
schema = 1
name = "pair"
title = "Pair"

[variables.LEFT]
secret = false
default = "l"
[variables.RIGHT]
secret = false
default = "r"
[variables.BOTH]
generate = { format = "hex", bytes = 16 }

[services.left]
path = "."
env_file = ".env"
required = ["LEFT", "BOTH"]
[services.right]
path = "."
env_file = ".env"
required = ["BOTH", "RIGHT"]
"#;

/// One service that needs nothing but this machine.
pub const LOCAL: &str = r#"
schema = 1
name = "local"
title = "Local"

[variables.API_KEY]
owner = "the payments team"
[variables.PEPPER]
min_length = 8
[variables.CERTIFICATE]
encode = "base64"
[variables.PORT]
secret = false
default = "8080"
[variables.ADMIN_KEY]

[services.api]
path = "api"
env_file = ".env"
required = ["API_KEY", "PORT"]
optional = ["PEPPER", "CERTIFICATE"]
denied = ["ADMIN_KEY"]
"#;
