//! The three reading calls of the Parameter Store.

use aws_smithy_types::error::metadata::ProvideErrorMetadata as _;
use devsecrets::sandbox::{Sandbox, World};

use super::clients::{ACCOUNT, REGION, acme, parameters, service_error};

fn world() -> World {
    acme()
        .auto_approve()
        .parameter("/shop/dev/api-key", "k")
        .parameter("/shop/dev/deep/other", "o")
        .parameter("/shopping/list", "s")
        .parameter("plain", "p")
        .denied_parameter("/shop/prod/api-key")
        .undecryptable_parameter("/sealed/x")
}

#[tokio::test]
async fn one_is_found_by_name_and_by_arn() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = parameters(&sandbox).await;
    let arn = format!("arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/dev/api-key");
    for name in ["/shop/dev/api-key", &arn] {
        let found = client.get_parameter().name(name).with_decryption(true).send().await.unwrap();
        let found = found.parameter().unwrap();
        assert_eq!((found.value(), found.arn()), (Some("k"), Some(arn.as_str())));
        assert!(found.last_modified_date().is_some());
    }
}

#[tokio::test]
async fn each_reason_not_to_answer_has_its_code() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = parameters(&sandbox).await;
    for (name, code) in [
        ("/absent", "ParameterNotFound"),
        ("/shop/prod/api-key", "AccessDeniedException"),
        ("/sealed/x", "InvalidKeyId"),
        ("no/slash", "ValidationException"),
    ] {
        let error = service_error(client.get_parameter().name(name).send().await.unwrap_err());
        assert_eq!(error.code(), Some(code), "{name}");
    }
}

#[tokio::test]
async fn a_batch_names_the_unknown_and_is_refused_for_the_rest() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = parameters(&sandbox).await;
    let good = client.get_parameters().names("plain").names("/absent").send().await.unwrap();
    assert_eq!((good.parameters().len(), good.invalid_parameters()), (1, &["/absent".to_owned()][..]));
    let bad = client.get_parameters().names("plain").names("/shop/prod/api-key").send().await;
    assert_eq!(service_error(bad.unwrap_err()).code(), Some("AccessDeniedException"));
    let many = Some((0..11).map(|number| format!("k{number}")).collect());
    let many = client.get_parameters().set_names(many).send().await;
    assert_eq!(service_error(many.unwrap_err()).code(), Some("ValidationException"));
}

#[tokio::test]
async fn a_path_is_read_page_by_page_and_as_deep_as_asked() {
    let sandbox = Sandbox::start(world()).await.unwrap();
    let client = parameters(&sandbox).await;
    let below =
        |recursive| client.get_parameters_by_path().path("/shop/dev").recursive(recursive).max_results(1);
    let flat = below(false).send().await.unwrap();
    assert_eq!((flat.parameters().len(), flat.next_token()), (1, None));
    let first = below(true).send().await.unwrap();
    let second = below(true).next_token(first.next_token().unwrap()).send().await.unwrap();
    assert_eq!((first.parameters().len(), second.parameters().len()), (1, 1));
    assert!(second.next_token().is_none());
    let wrong = below(true).next_token("guessed").send().await.unwrap_err();
    assert_eq!(service_error(wrong).code(), Some("InvalidNextToken"));
    let denied = client.get_parameters_by_path().path("/shop/prod").send().await.unwrap_err();
    assert_eq!(service_error(denied).code(), Some("AccessDeniedException"));
}
