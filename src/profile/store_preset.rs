//! Programs of other secret stores whose call is known, so that a profile needs one word for each.
//!
//! Owns their arguments, what they print, and which of their own variables they see, as the vendors document them. Where a
//! profile adds to `pass` or sets `timeout`, that counts as well.

use super::schema::{CommandOutput, CommandPreset, Store};

struct Preset {
    command: &'static [&'static str],
    output: CommandOutput,
    within: &'static [&'static str],
    pass: &'static [&'static str],
    sign_in: &'static str,
    /// How its ids look, where not every text is one.
    id: &'static str,
}

/// Sources: developer.hashicorp.com/vault/docs/commands/kv/get, developer.1password.com/docs/cli/reference,
/// docs.doppler.com/docs/accessing-secrets, cloud.google.com/sdk/gcloud/reference/secrets/versions/access,
/// learn.microsoft.com/cli/azure/keyvault/secret.
fn preset(preset: CommandPreset) -> Preset {
    match preset {
        CommandPreset::Vault => Preset {
            command: &["vault", "kv", "get", "-format=json", "{id}"],
            output: CommandOutput::Json,
            // Engine 2 has metadata beside the data, engine 1 has not.
            within: &["/data/data", "/data"],
            pass: &[
                "VAULT_ADDR",
                "VAULT_TOKEN",
                "VAULT_NAMESPACE",
                "VAULT_CACERT",
                "VAULT_CAPATH",
                "VAULT_CLIENT_CERT",
                "VAULT_CLIENT_KEY",
            ],
            sign_in: "vault login",
            id: "",
        },
        CommandPreset::OnePassword => Preset {
            command: &["op", "read", "--no-newline", "{id}"],
            output: CommandOutput::Raw,
            within: &[],
            pass: ONE_PASSWORD,
            sign_in: "op signin",
            id: "op://VAULT/ITEM/FIELD",
        },
        CommandPreset::OnePasswordItem => Preset {
            command: &["op", "item", "get", "{name}", "--vault", "{path}", "--format", "json", "--reveal"],
            output: CommandOutput::Json,
            within: &["/fields"],
            pass: ONE_PASSWORD,
            sign_in: "op signin",
            id: "VAULT/ITEM",
        },
        CommandPreset::Doppler => Preset {
            command: &[
                "doppler",
                "secrets",
                "download",
                "--no-file",
                "--format",
                "json",
                "--project",
                "{path}",
                "--config",
                "{name}",
            ],
            output: CommandOutput::Json,
            within: &[],
            pass: &["DOPPLER_TOKEN", "DOPPLER_CONFIG_DIR"],
            sign_in: "doppler login",
            id: "PROJECT/CONFIG",
        },
        CommandPreset::Gcloud => Preset {
            command: &["gcloud", "secrets", "versions", "access", "latest", "--secret={id}"],
            output: CommandOutput::Raw,
            within: &[],
            pass: &["CLOUDSDK_*", "GOOGLE_APPLICATION_CREDENTIALS"],
            sign_in: "gcloud auth login",
            id: "",
        },
        CommandPreset::Az => Preset {
            command: &[
                "az",
                "keyvault",
                "secret",
                "show",
                "--vault-name",
                "{path}",
                "--name",
                "{name}",
                "--output",
                "json",
            ],
            output: CommandOutput::Json,
            within: &["/value"],
            pass: &["AZURE_*"],
            sign_in: "az login",
            id: "VAULT/NAME",
        },
    }
}

const ONE_PASSWORD: &[&str] =
    &["OP_ACCOUNT", "OP_SERVICE_ACCOUNT_TOKEN", "OP_CONNECT_HOST", "OP_CONNECT_TOKEN", "OP_SESSION_*"];

/// How ids of the preset look, if `id` does not look so.
pub(super) fn unlike(id: &str, known: CommandPreset) -> Option<&'static str> {
    let form = preset(known).id;
    let fits = match form.split_once("://") {
        Some((scheme, _)) => id.split_once("://").is_some_and(|(found, _)| found == scheme),
        None => form.is_empty() || id.contains('/') && !id.contains("://"),
    };
    (!fits).then_some(form)
}

/// Puts the preset's call where the profile names the preset. Filling twice changes nothing.
pub(super) fn fill(store: &mut Store) {
    let Some(known) = store.preset.map(preset) else { return };
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    store.command = owned(known.command);
    store.output.get_or_insert(known.output);
    if store.within.is_empty() {
        store.within = owned(known.within);
    }
    for name in owned(known.pass) {
        if !store.pass.contains(&name) {
            store.pass.push(name);
        }
    }
}

impl Store {
    /// How a person signs in to what a command asks.
    pub fn sign_in(&self) -> String {
        match self.preset.map(preset) {
            Some(known) => format!("sign in to it: {}", known.sign_in),
            None => format!("sign in to it with {}", self.program()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::profile::{Profile, parse};

    fn profile(lines: &str) -> Result<Profile, String> {
        let text = format!(
            "schema = 1\nname = \"x\"\ntitle = \"X\"\n[services.a]\npath = \".\"\n[store.s]\n{lines}"
        );
        parse(&text, "t").map_err(|problems| problems.to_string())
    }

    fn problem(lines: &str) -> String {
        profile(lines).unwrap_err()
    }

    #[test]
    fn one_word_is_a_whole_call() {
        for name in ["vault", "1password", "1password-item", "doppler", "gcloud", "az"] {
            let store = &profile(&format!("kind = \"command\"\npreset = {name:?}\npass = [\"X\"]"))
                .unwrap()
                .store["s"];
            assert!(store.command.len() > 3 && store.pass.len() > 1 && store.pass[0] == "X", "{name}");
            assert!(
                store.command.iter().any(|word| word.contains("{id}") || word.contains("{name}")),
                "{name}"
            );
        }
    }

    #[test]
    fn without_ids_a_command_is_asked_by_the_naming_of_secrets() {
        let profile = profile("kind = \"command\"\ncommand = [\"get\", \"{id}\"]").unwrap();
        assert_eq!(profile.store["s"].ids_for("api", "staging"), ["api/staging"]);
    }

    #[test]
    fn ids_look_as_their_program_wants_them() {
        let refused = |preset: &str, id: &str| {
            let lines = format!("kind = \"command\"\npreset = \"{preset}\"\nids = [\"{id}\"]");
            profile(&lines).is_err_and(|says| says.contains("does not look like"))
        };
        let wrong = [
            ("1password", "vault/item/field"),
            ("1password-item", "op://vault/item"),
            ("doppler", "project"),
            ("az", "https://shop.vault.azure.net/secrets/key"),
        ];
        let right = [
            ("1password", "op://vault/item/field"),
            ("1password-item", "vault/item"),
            ("doppler", "{service}/{environment}"),
            ("az", "shop/key"),
            ("vault", "secret"),
            ("gcloud", "key"),
        ];
        assert!(wrong.iter().all(|(preset, id)| refused(preset, id)));
        assert!(!right.iter().any(|(preset, id)| refused(preset, id)));
    }

    #[test]
    fn what_a_command_must_have_is_said() {
        assert!(problem("kind = \"command\"").contains("names no program"));
        assert!(problem("kind = \"command\"\npreset = \"vualt\"").contains("did you mean `vault`?"));
        assert!(problem("kind = \"command\"\npreset = \"az\"\ncommand = [\"x\"]").contains("of its own"));
        assert!(problem("kind = \"command\"\ncommand = [\"{id}\"]").contains("has to be named"));
        assert!(problem("kind = \"command\"\ncommand = [\"x\", \"{idd}\"]").contains("unknown placeholder"));
        let command = "kind = \"command\"\ncommand = [\"x\"]";
        assert!(problem(&format!("{command}\nwithin = [\"/data\"]")).contains("output = \"json\""));
        assert!(problem(&format!("{command}\nwithin = [\"data\"]")).contains("did you mean `/data`?"));
        assert!(problem(&format!("{command}\npass = [\"A-B\"]")).contains("not the name of a variable"));
        assert!(problem(&format!("{command}\ntimeout = 0")).contains("expected 1 to 600 seconds"));
        assert!(
            problem("kind = \"aws-secrets-manager\"\npass = [\"A\"]")
                .contains("only a store of kind `command`")
        );
        assert!(problem("kind = \"aws-parameter-store\"\nids = [\"a/b\"]").contains("did you mean `/a/b`?"));
    }
}
