//! What an author sees: every fault at once, drawn over the text.

use devsecrets::profile::parse;

fn shown(text: &str) -> String {
    parse(text, "devsecrets.toml").unwrap_err().to_string()
}

const SOUND: &str = "schema = 1\nname = \"shop\"\ntitle = \"Shop\"\n";

/// What is said of each slip, in a line or two: the slip itself, what is wrong, and what to do. A slip is the last part of
/// a profile that is sound without it.
fn told(slips: &[&str]) -> String {
    let rest = |slip: &str| if slip.contains("[services") { "" } else { "[services.api]\npath = \"api\"\n" };
    let of = |slip: &&str| {
        let text = format!("{SOUND}{}{slip}\n", rest(slip));
        let problems = parse(&text, "devsecrets.toml").err();
        let list = problems.as_ref().map_or(&[][..], |problems| problems.list());
        let row = |problem: &devsecrets::profile::Problem| {
            let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!("\n    help: {hint}"));
            format!("  `{}`: {}{hint}\n", problem.text, problem.message)
        };
        format!("{}\n{}", slip.replace('\n', "; "), list.iter().map(row).collect::<String>())
    };
    slips.iter().map(of).collect()
}

#[test]
fn wrong_keys_types_and_meanings_are_all_shown_at_once() {
    insta::assert_snapshot!(shown(include_str!("many-faults.toml")));
}

#[test]
fn every_syntax_error_is_shown() {
    insta::assert_snapshot!(shown(
        "schema = 1\nname = shop\ntitle = \"Shop\n[services.api\npath = 'api'\nextra = 1\n"
    ));
}

#[test]
fn colour_is_the_callers_choice() {
    let problems = parse("nome = 1", "devsecrets.toml").unwrap_err();
    assert!(!problems.render(false).contains('\u{1b}'));
    assert!(problems.render(true).contains('\u{1b}'));
}

#[test]
fn rows_are_what_json_shows() {
    let rows =
        serde_json::to_string_pretty(&parse("schema = 2\nnome = \"x\"\n", "devsecrets.toml").unwrap_err());
    insta::assert_snapshot!(rows.unwrap());
}

#[test]
fn a_file_that_is_written_has_owners_who_agree() {
    insta::assert_snapshot!(shown(
        r#"schema = 1
name = "shop"
title = "Shop"
[variables.KEY]
[variables.COOKIE_KEY]
generate = { format = "hex", bytes = 32, scope = "service" }
[tokens.linear]
title = "Linear"
file = "api/.env"
[tokens.other]
title = "Other"
file = "./api//.env"
[services.api]
path = "api"
env_file = ".env"
required = ["KEY"]
[services.worker]
path = "api"
env_file = "./.env"
denied = ["KEY"]
[services.front]
path = "front"
env_file = "package.json"
[services.one]
path = "."
env_file = ".env"
required = ["COOKIE_KEY"]
[services.two]
path = "."
env_file = ".env"
required = ["COOKIE_KEY"]
"#
    ));
}

#[test]
fn services_may_share_a_file() {
    let shared = r#"schema = 1
name = "shop"
title = "Shop"
[variables.KEY]
[variables.PORT]
[services.api]
path = "."
env_file = ".env"
required = ["KEY"]
[services.worker]
path = "."
env_file = ".env"
required = ["KEY", "PORT"]
"#;
    assert!(parse(shared, "devsecrets.toml").is_ok());
}

#[test]
fn secrets_are_written_into_no_folder_and_no_template() {
    let file = |name: &str| format!("[services.api]\npath = \"api\"\nenv_file = \"{name}\"");
    let names = [
        ".",
        "local/",
        ".env.example",
        "example.env",
        ".env.SAMPLE",
        ".env.template",
        ".env.dist",
        ".env.schema",
    ];
    let files = names.map(file);
    insta::assert_snapshot!(told(&files.each_ref().map(String::as_str)));
    for good in [".env", ".env.local", ".env.{environment}.local", "local.env", "secrets"] {
        assert_eq!(told(&[&file(good)]).lines().count(), 1, "{good}");
    }
}

#[test]
fn each_fault_has_a_next_step() {
    insta::assert_snapshot!(told(&[
        "[store.s]\nkind = \"vault\"",
        "[store.s]\nkind = \"azure\"",
        "[store.s]\nkind = \"aws-ssm\"",
        "[store.s]\nkind = \"etcd\"",
        "[store.s]\nkind = \"command\"\npreset = \"op\"",
        "[store.s]\nids = [\"a\"]",
        "[variables.A]\nrequire = { production = \"https\" }",
        "[variables.A]\nencode = \"hex\"",
        "[variables.A]\nsecret = \"no\"",
        "[variables.A]\ngenerate = { bytes = 32 }",
        "[variables.A]\ngenerate = { format = \"hex\", scope = \"global\" }",
        "[variables.A]\ngenerate = { format = \"hex\", scope = \"team\" }",
        "[variables.A]\nabout = \u{201c}Payments\u{201d}",
        "[variables.A]\nabout = Payments",
        "[policy]\nproduction_accounts = [111122223333]",
    ]));
    insta::assert_snapshot!(shown("schema = 1\nname = \"shop\"\n"));
}

#[test]
fn words_fit_the_fault() {
    insta::assert_snapshot!(told(&[
        "[policy]\noffline_cache = \"365d\"",
        "[policy]\noffline_cache = \"12 hours\"",
        "[policy]\noffline_cache = \"0h\"",
        "[policy]\nrotation_days = 0",
        "[variables.A]\nrotation_days = 0",
        "[variables.A]\ngenerate = { format = \"hex\", bytes = 99999 }",
        "[variables.A]\ngenerate = { format = \"hex\", bytes = 2 }",
        "[variables.\"C_{REGION}\"]\nregions = [\"EU\", \"EU\"]",
        "[variables.\"C_{REGION}\"]\nregions = [\"EU\"]\n[variables.C_EU]",
        "[store.s]\nkind = \"command\"\ncommand = \"get {id}\"",
        "[store.s]\nkind = \"command\"\ncommand = []",
        "[store.s]\nkind = \"command\"",
        "[services.api]\npath = \"api\"\n# twice\n[ services . api ] # again\npath = \"x\"\nstart = \"y\"\n[variables.A]",
        "[services.api]\npath = \"api\"\nstart = \"x\"\npath = \"y\"",
        "[variables]\nA = { secret = true, secret = false }",
    ]));
}

#[test]
fn what_no_store_could_hold_is_refused() {
    let store = |kind: &str, rest: &str| format!("[store.s]\nkind = \"{kind}\"\n{rest}");
    let secrets = |ids: &str| store("aws-secrets-manager", &format!("ids = [{ids}]"));
    let parameters = |ids: &str| store("aws-parameter-store", &format!("ids = [{ids}]"));
    let slips = [
        secrets("\"arn:aws:s3:::bucket\""),
        secrets("\"arn:aws:ssm:eu-west-2:111122223333:parameter/x\""),
        secrets("\"arn:aws:secretsmanager:eu-west-2:123:secret:x\""),
        secrets("\"arn:aws:secretsmanager:europe:111122223333:secret:x\""),
        secrets("\"arn:aws:secretsmanager\""),
        secrets("\"${service}/${environment}\""),
        secrets("\"shop api\""),
        parameters("\"arn:aws:secretsmanager:eu-west-2:111122223333:secret:x\""),
        parameters("\"/shop/$service/\""),
        parameters("\"shop/api\""),
        parameters(""),
        store("aws-parameter-store", ""),
        store("command", "preset = \"vault\"\nids = []"),
        store("command", "preset = \"vault\"\nids = [\"secret/${service}\"]"),
        store("command", "preset = \"vault\"\nregion = \"eu-west-2\""),
        store("aws-secrets-manager", "region = { prod = \"eu-west-2\", staging = \"Ireland\" }"),
        store("aws-secrets-manager", "environments = [\"prod\"]\nservices = [\"web\"]"),
        store("aws-secrets-manager", "environments = []"),
    ];
    insta::assert_snapshot!(told(&slips.each_ref().map(String::as_str)));
    let sound = [
        secrets(""),
        secrets(
            "\"{service}/{environment}\", \"rds!db-1\", \"arn:aws:secretsmanager:{environment}:111122223333:secret:x-AbCdEf\"",
        ),
        parameters(
            "\"/shop/{service}/\", \"plain\", \"/shop/key:3\", \"arn:aws:ssm:eu-west-2:111122223333:parameter/x\"",
        ),
        store("command", "preset = \"1password\"\nids = [\"op://Shop Vault/api/password\"]"),
        store(
            "aws-secrets-manager",
            "region = { production = \"us-east-1\" }\nenvironments = [\"production\"]\nservices = [\"api\"]",
        ),
    ];
    for good in &sound {
        assert_eq!(told(&[good]), format!("{}\n", good.replace('\n', "; ")));
    }
}

#[test]
fn what_has_no_effect_is_refused() {
    insta::assert_snapshot!(told(&[
        "[variables.A]\nrequire = { production = {} }",
        "[variables.A]\nrequire = { production = { scheme = \"https\" } }\ndefault = \"http://localhost\"",
        "[variables.A]\nforbid = { production = [\"*\"] }\ndefault = { production = \"*\" }",
        "[variables.A]\nrequire = { production = { scheme = \"https\" } }\ndefault = { development = \"http://localhost\" }",
        "[variables.A]\ngenerate = { format = \"uuid\", bytes = 32 }",
        "[audit]\npatterns = [\"\", '.*', 'x*', 'acme_[a-z]+']",
    ]));
    assert!(shown(&SOUND.replace("\"Shop\"", "\" \"")).contains("the title is empty"));
}
