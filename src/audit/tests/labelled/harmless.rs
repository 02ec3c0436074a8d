//! What looks like a secret and is none, as repositories are full of it.

pub const CASES: &[(&str, &str, &str)] = &[
    (MEANT, "a.yaml", "stripe_token: pk_live_{a24}\n"),
    (MEANT, "app.env.ts", "export const key = 'pk_test_{a24}'\n"),
    (MEANT, "config.yaml", "db_password: ENC[AES256_GCM,data:{b40},iv:{b44},tag:{b24},type:str]\n"),
    (MEANT, ".env.production", "API_SECRET=\"encrypted:{b120}\"\n"),
    (MEANT, "sealed.yaml", "kind: SealedSecret\nspec:\n  encryptedData:\n    password: Ag{b300}==\n"),
    (MEANT, ".sops.yaml", "creation_rules:\n  - age: age1{l58}\n"),
    (MEANT, "vault.yml", "$ANSIBLE_VAULT;1.1;AES256\n{x80}\n{x80}\n"),
    (MEANT, "id.pub", "ssh-ed25519 AAAA{b64} me@acme\n"),
    (MEANT, "cert.pem", "-----BEGIN CERTIFICATE-----\n{b64}\n{b64}\n-----END CERTIFICATE-----\n"),
    (MEANT, "key.pem", "-----BEGIN PUBLIC KEY-----\n{b64}\n-----END PUBLIC KEY-----\n"),
    (MEANT, "known_hosts", "git.acme.io ssh-rsa AAAA{b300}\n"),
    (MEANT, "users.yaml", "admin_password: $2b$12${a53}\n"),
    (MEANT, "values.yaml", "password: vault:v1:{b60}\n"),
    (MEANT, "secrets.yaml", "kind: ExternalSecret\nspec:\n  secretStoreRef: {name: x}\n"),
    (MEANT, ".env.vault", "DOTENV_VAULT_PRODUCTION=\"{b200}\"\n"),
    (POINTER, "ci.yml", "env:\n  API_TOKEN: ${{ secrets.DEPLOY_TOKEN }}\n"),
    (POINTER, "compose.yml", "    environment:\n      JWT_SECRET: ${JWT_SECRET:?missing}\n"),
    (
        POINTER,
        "k8s.yaml",
        "  - name: API_KEY\n    valueFrom:\n      secretKeyRef: {name: app-secrets, key: api-key}\n",
    ),
    (POINTER, "values.yaml", "password: '{{ .Values.db.password }}'\n"),
    (
        POINTER,
        "app.yaml",
        "api_key: op://vault/item/field\nclient_secret: arn:aws:secretsmanager:eu-west-2:111122223333:secret:x\n",
    ),
    (
        POINTER,
        "render.yaml",
        "      - key: JWT_SECRET\n        generateValue: true\n      - key: API_KEY\n        sync: false\n",
    ),
    (
        POINTER,
        "main.tf",
        "  password = random_password.db.result\n  secret_id = aws_secretsmanager_secret.app.id\n",
    ),
    (
        POINTER,
        "settings.json",
        "{\"tokenUrl\": \"https://login.acme.io/oauth2/token\", \"secretName\": \"my-tls-secret-prod\"}",
    ),
    (POINTER, "app.properties", "spring.datasource.password=${DB_PASSWORD}\njwt.secret=@jwt.secret@\n"),
    (
        POINTER,
        "config.yml",
        "private_key_path: /etc/ssl/private/server.key\npassword_file: /run/secrets/db\n",
    ),
    (
        TYPED,
        ".env.example",
        "API_KEY=your_api_key_here\nJWT_SECRET=changeme\nDB_PASSWORD=postgres\nTOKEN=<token>\n",
    ),
    (
        TYPED,
        ".env.sample",
        "SECRET_KEY=xxxxxxxxxxxxxxxxxxxxxxxx\nPASSWORD=\nAUTH_TOKEN=replace-me-with-a-real-token\n",
    ),
    (TYPED, "a.py", "DB = 'postgres://postgres:postgres@localhost/app'\n"),
    (TYPED, "a.py", "DB = f'postgres://{user}:{password}@{host}/app'\n"),
    (TYPED, "README.md", "https://user:password@example.com, postgres://USER:PASS@HOST/db\n"),
    (TYPED, "doc.md", "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"),
    (TYPED, "compose.yml", "      POSTGRES_PASSWORD: example\n      MINIO_ROOT_PASSWORD: minioadmin\n"),
    (
        TYPED,
        "test.yaml",
        "password: hunter2\napi_key: test-api-key-for-development\nsecret: my-super-secret\n",
    ),
    (TYPED, "a.json", "{\"password\": \"********\", \"token\": \"...\", \"apiKey\": \"REDACTED\"}"),
    (SUM, "package-lock.json", "\"integrity\": \"sha512-{b86}==\",\n\"token\": \"sha512-{b86}==\"\n"),
    (SUM, "Cargo.lock", "checksum = \"{x64}\"\n"),
    (SUM, "go.sum", "github.com/x/y v1.2.3 h1:{b43}=\n"),
    (SUM, "ci.yml", "      - uses: actions/checkout@{x40}\n        token_sha: {x40}\n"),
    (SUM, "deps.yaml", "COMMIT_TOKEN: {x40}\n"),
    (SUM, "image.yaml", "image: acme/app@sha256:{x64}\npassword_image: sha256:{x64}\n"),
    (SUM, "index.html", "<script src=x integrity=\"sha384-{b64}\" crossorigin></script>\n"),
    (SUM, "CHANGELOG.md", "* fixed the token refresh ({x40})\n"),
    (SUM, "renovate.json", "{\"tokenDigest\": \"{x64}\", \"secretChecksum\": \"{x40}\"}"),
    (
        CODE,
        "src/auth.rs",
        "if text.starts_with(\"-----BEGIN RSA PRIVATE KEY-----\") { return parse(text) }\n",
    ),
    (
        CODE,
        "src/auth.ts",
        "const token = await this.tokenService.createAccessTokenForUser(userId, sessionId)\n",
    ),
    (CODE, "src/k.go", "var apiKeyHeader = \"X-Api-Key\"\nsecret := os.Getenv(\"SERVICE_SECRET\")\n"),
    (CODE, "src/x.py", "PATTERN = re.compile(r'ghp_[A-Za-z0-9]{36}')\nkey = settings.SECRET_KEY\n"),
    (CODE, "min.js", "function a(b){return b.accessToken||c.getItem(\"refresh_token_storage_key\")}\n"),
    (CODE, "test.rs", "assert_eq!(digest(\"abc\"), \"{x64}\");\nlet id = \"{x8}-{x4}-4{x3}-a{x3}-{x12}\";\n"),
    (CODE, "style.css", "a{background:url(data:image/png;base64,iVBORw0KGgo{b300}==)}\n"),
    (
        CODE,
        "schema.sql",
        "CREATE TABLE tokens (id uuid DEFAULT '{x8}-{x4}-4{x3}-a{x3}-{x12}', secret text);\n",
    ),
    (CODE, "x.csproj", "<ProjectGuid>{{X8}-{X4}-{X4}-{X4}-{X12}}</ProjectGuid>\n"),
    (
        WORDS,
        "de.json",
        "{\"password\": \"Geben Sie hier Ihr Kennwort ein\", \"token\": \"Zugangstoken abgelaufen\"}",
    ),
    (
        WORDS,
        "en.yaml",
        "errors:\n  invalid_password: The password must contain at least 8 characters\n  secret: Secret\n",
    ),
    (
        WORDS,
        "openapi.yaml",
        "securitySchemes:\n  apiKey:\n    type: apiKey\n    name: X-API-Key\n    in: header\n",
    ),
    (WORDS, "keys.json", "{\"key\": \"ctrl+shift+down\", \"command\": \"cursorColumnSelectDown\"}"),
    (
        WORDS,
        "a.toml",
        "token_endpoint = \"https://login.acme.io/oauth2/v2.0/token\"\nkeyboard = \"qwerty-uiop-asdf-ghjk\"\n",
    ),
    (
        WORDS,
        "policy.json",
        "{\"Action\": [\"secretsmanager:GetSecretValue\"], \"Resource\": \"arn:aws:secretsmanager:*\"}",
    ),
    (WORDS, "secrets.md", "# Secrets\nKeep them in the store.\n"),
    (WORDS, "src/secrets.rs", "pub struct Secret(String);\n"),
    (
        WORDS,
        "ids.yaml",
        "client_id: {x8}-{x4}-4{x3}-a{x3}-{x12}\ntenant_id: {x32}\ntrace_key: user-service-main\n",
    ),
];

const MEANT: &str = "public or encrypted on purpose";
const POINTER: &str = "pointers to where a secret is";
const TYPED: &str = "placeholders and passwords of examples";
const SUM: &str = "checksums and commits";
const CODE: &str = "code that speaks of secrets";
const WORDS: &str = "words, names and identifiers";
