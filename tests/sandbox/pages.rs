//! The pages in the browser, asked for as a browser would.

use devsecrets::sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::clients::{SignIn, acme, oidc};

/// A reply over a raw socket, so that nothing follows redirects or reads between the lines.
pub struct Page(String);

impl Page {
    pub fn status(&self) -> &str {
        self.0.split(' ').nth(1).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let (head, _) = self.0.split_once("\r\n\r\n")?;
        head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").unwrap().1
    }

    fn says(&self, text: &str) -> bool {
        self.0.contains(text)
    }
}

pub async fn get(sandbox: &Sandbox, path: &str) -> Page {
    exchange(sandbox, format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")).await
}

async fn post(sandbox: &Sandbox, path: &str, form: &str) -> Page {
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    exchange(sandbox, request).await
}

async fn exchange(sandbox: &Sandbox, request: String) -> Page {
    let address = sandbox.url().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.unwrap();
    Page(reply)
}

#[tokio::test]
async fn the_page_shows_the_code_and_takes_the_answer() {
    let sandbox = Sandbox::start(acme().user_code("WDJB-MJHT")).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    assert_eq!(sign_in.user_code(), "WDJB-MJHT");
    let page = get(&sandbox, "/device?user_code=wdjbmjht").await;
    assert_eq!(page.status(), "200");
    assert!(page.says("WDJB-MJHT") && page.says("devsecrets") && page.says("Acme Development"));
    assert!(page.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    let done = post(&sandbox, "/device", "user_code=WDJB-MJHT&answer=approve").await;
    assert!(done.says("Request approved"));
    sign_in.poll().await.unwrap();
    assert_eq!(post(&sandbox, "/device", "user_code=WDJB-MJHT&answer=approve").await.status(), "404");
}

#[tokio::test]
async fn denying_on_the_page_denies() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    let sign_in = SignIn::begin(&sandbox).await;
    let form = format!("user_code={}&answer=deny", sign_in.user_code());
    assert!(post(&sandbox, "/device", &form).await.says("Request denied"));
    let error = sign_in.poll().await.unwrap_err().into_service_error();
    assert!(error.is_access_denied_exception());
}

#[tokio::test]
async fn without_a_code_the_page_asks_for_one() {
    let sandbox = Sandbox::start(acme()).await.unwrap();
    assert!(get(&sandbox, "/device").await.says("Enter your code"));
    let unknown = get(&sandbox, "/device?user_code=%3Cscript%3E").await;
    assert!(unknown.status() == "404" && !unknown.says("<script>"));
}

#[tokio::test]
async fn names_are_escaped() {
    let world = acme().account("222233334444", "<img src=x>", "", &[]).user_code("WDJB-MJHT");
    let sandbox = Sandbox::start(world).await.unwrap();
    SignIn::begin(&sandbox).await;
    let page = get(&sandbox, "/device?user_code=WDJB-MJHT").await;
    assert!(page.says("&lt;img src=x&gt;") && !page.says("<img"));
}

#[tokio::test]
async fn a_foreign_address_is_never_redirected_to() {
    let sandbox = Sandbox::start(acme().auto_approve()).await.unwrap();
    let register = oidc(&sandbox).register_client().client_name("x").client_type("public");
    let register = register.grant_types("authorization_code").scopes("sso:account:access");
    let registered = register.redirect_uris("http://127.0.0.1/oauth/callback").send().await.unwrap();
    let path = |redirect: &str| {
        format!(
            "/authorize?response_type=code&client_id={}&redirect_uri={redirect}&state=s\
             &code_challenge_method=S256&code_challenge=c",
            registered.client_id().unwrap()
        )
    };
    for foreign in ["http%3A%2F%2Fexample.com%2Foauth%2Fcallback", "http%3A%2F%2F127.0.0.1%3A99%2Fother"] {
        let page = get(&sandbox, &path(foreign)).await;
        assert_eq!((page.status(), page.header("location")), ("400", None));
    }
    let page = get(&sandbox, &path("http%3A%2F%2F127.0.0.1%3A99%2Foauth%2Fcallback")).await;
    assert_eq!(page.status(), "303");
}
