//! What an env file lacks.

use super::*;

/// What seeding would write, and nothing else: what stands there, was edited by hand or is only exported is in step.
#[test]
fn what_the_env_file_does_not_say_yet() {
    let empty = || {
        let mut given = Given::default().in_file("NOBODYS", "", false);
        given.0.files.get_mut("api").unwrap().values.clear();
        given
    };
    let lag = |given: &Given, environment: &str| {
        let matrix = given.matrix(environment, View::Running).1;
        matrix.lag().map(|lag| lag.says)
    };
    let here = |given: Given| lag(&given, "development");
    assert_eq!(here(empty()).unwrap(), "1 not in the env files yet", "the default");
    assert_eq!(here(empty().in_store("stored")).unwrap(), "1 not in the env files yet");
    assert_eq!(here(empty().in_file("KEY", "older", true)).unwrap(), "1 out of date in the env files");
    assert_eq!(here(empty().in_file("KEY", "from default", true)), None);
    assert_eq!(here(empty().in_file("KEY", "by hand", false)), None);
    assert_eq!(here(empty().in_file("KEY", "from default", true).exported("else")), None);
    assert_eq!(here(empty().exported("else")).unwrap(), "1 not in the env files yet", "the default, hidden");
    assert_eq!(here(Given::default()), None, "a service without an env file");
    assert_eq!(lag(&empty(), "production"), None, "nobody is led to write production's values down");
    let mut foreign = empty();
    foreign.0.files.get_mut("api").unwrap().foreign = true;
    assert_eq!(here(foreign), None, "the file is another environment's");
}
