//! Programs beyond the core set that load a file into an environment, each run once over many files.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Seen;
use super::programs::{HEX, Node, environment, from_json, node, output, package, runs, skipped, which};

/// `config()` of dotenvx, which is what `dotenvx run` does too.
pub fn dotenvx(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let (program, _) = node()?;
    let package = package("@dotenvx/dotenvx")?;
    let script = format!(
        "{HEX} const dotenvx = require({package:?});
        const read = (path) => {{
            const processEnv = {{}};
            const options = {{ noArmor: true, noNative: true, no1Password: true, noBitwarden: true }};
            dotenvx.config({{ path, processEnv, quiet: true, logLevel: 'panic', ...options }});
            return processEnv;
        }};
        console.log(JSON.stringify(files.map((file) => hex(read(file)))));",
    );
    Some(from_json(&output(&program, &["-e", &script, "--"], files)))
}

/// npm `dotenv`, then `dotenv-expand`; `version` is the package's folder.
pub fn dotenv_expand(version: &str, files: &[PathBuf]) -> Option<Vec<Seen>> {
    let (program, _) = node()?;
    let (dotenv, expand) = (package("dotenv")?, package(version)?);
    let script = format!(
        "{HEX} const [dotenv, expand] = [require({dotenv:?}), require({expand:?})];
        const read = (file) => {{
            const processEnv = {{}};
            expand.expand({{ parsed: dotenv.parse(fs.readFileSync(file, 'utf8')), processEnv }});
            return processEnv;
        }};
        console.log(JSON.stringify(files.map((file) => hex(read(file)))));",
    );
    Some(from_json(&output(&program, &["-e", &script, "--"], files)))
}

/// `loadEnv` of Vite on this node; it looks for `.env` in a folder.
pub fn vite((program, _): &Node, files: &[PathBuf]) -> Option<Vec<Seen>> {
    let package = package("vite")?;
    let script = format!(
        "{HEX} const {{ join }} = require('path');
        import({:?}).then(({{ loadEnv }}) => {{
            const read = (file) => {{
                for (const key of Object.keys(process.env)) delete process.env[key];
                const folder = file + '.vite';
                fs.mkdirSync(folder, {{ recursive: true }});
                fs.copyFileSync(file, join(folder, '.env'));
                return loadEnv('test', folder, '');
            }};
            console.log(JSON.stringify(files.map((file) => hex(read(file)))));
        }});",
        format!("{package}/dist/node/index.js"),
    );
    Some(from_json(&output(program, &["--no-warnings", "-e", &script, "--"], files)))
}

/// What the `dotenv` of an `.envrc` does: it evaluates what `direnv dotenv bash` prints.
pub fn direnv(files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = r#"
direnv=$1; shift
for file in "$@"; do
  : >"$file.out"
  ( set=$("$direnv" dotenv bash "$file") && eval "$set" && exec /usr/bin/env -0 >"$file.env" )
done 2>/dev/null"#;
    let (program, bash) = (which("direnv")?, which("bash")?);
    for file in files {
        let _ = std::fs::remove_file(file.with_extension("env"));
    }
    let mut command = Command::new(bash);
    command.env_clear().args(["-c", SCRIPT, "bash"]).arg(program).args(files);
    let _ = command.status().unwrap();
    Some(files.iter().map(|file| environment(file)).collect())
}

/// The functions systemd itself calls for `EnvironmentFile=`, in its own library.
pub fn systemd(files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = "
import ctypes, json, sys
library = ctypes.CDLL(sys.argv[1])
strings = ctypes.POINTER(ctypes.c_char_p)
load, clean = library.load_env_file, library.strv_env_clean_with_callback
load.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.POINTER(strings)]
clean.argtypes, clean.restype = [strings, ctypes.c_void_p, ctypes.c_void_p], strings
def read(file):
    found, values = strings(), {}
    if load(None, file.encode(), ctypes.byref(found)) < 0:
        return None
    found = clean(found, None, None)
    index = 0
    while found and found[index] is not None:
        key, _, value = found[index].partition(b'=')
        values[key.decode()] = value.hex()
        index += 1
    return values
print(json.dumps([read(file) for file in sys.argv[2:]]))
";
    let python = which("python3").filter(|program| runs(program))?;
    let Some(library) = systemd_library() else {
        skipped("libsystemd-shared");
        return None;
    };
    Some(from_json(&output(&python, &["-c", SCRIPT, &library.display().to_string()], files)))
}

fn systemd_library() -> Option<PathBuf> {
    let folders =
        ["/usr/lib/x86_64-linux-gnu/systemd", "/usr/lib/aarch64-linux-gnu/systemd", "/usr/lib/systemd"];
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten();
    let is_it = |path: &PathBuf| path.display().to_string().contains("/libsystemd-shared-");
    entries.filter_map(|entry| Some(entry.ok()?.path())).find(is_it)
}

/// The package that `docker compose` reads `env_file:` with; see `compose/main.go` for building it.
pub fn compose(files: &[PathBuf]) -> Option<Vec<Seen>> {
    let program = super::programs::parts().join("compose-env");
    if !Path::new(&program).is_file() {
        skipped("compose-env (compose-go, which needs Go to build)");
        return None;
    }
    Some(from_json(&output(&program, &[], files)))
}

/// Standard output of a program that may fail, in an empty environment.
pub fn output_if_well(program: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    command.env_clear().envs(variables.iter().copied()).args(arguments).stderr(Stdio::null());
    let output = command.output().unwrap();
    output.status.success().then_some(output.stdout)
}

/// Each file is one start of bun; it adds nothing of its own to an empty environment.
pub fn bun(version: &str, files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = "const hex = ([key, value]) => [key, Buffer.from(value).toString('hex')];
        console.log(JSON.stringify([Object.fromEntries(Object.entries(process.env).map(hex))]));";
    let program = runtime(version, "bin/bun")?;
    let empty = tempfile::tempdir().unwrap();
    let read = |file: &PathBuf| {
        let mut command = Command::new(&program);
        command
            .env_clear()
            .current_dir(&empty)
            .arg(format!("--env-file={}", file.display()))
            .args(["-e", SCRIPT]);
        let output = command.stderr(Stdio::inherit()).output().unwrap();
        assert!(output.status.success(), "{}", file.display());
        from_json(&output.stdout).remove(0)
    };
    Some(files.iter().map(read).collect())
}

/// Each file is one start of deno, whose own variables are left out.
pub fn deno(version: &str, files: &[PathBuf]) -> Option<Vec<Seen>> {
    const SCRIPT: &str = "const hex = (text) => Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
        const own = ['PATH', 'DENO_NODE_SHIM_ACTIVE'];
        const pairs = Object.entries(Deno.env.toObject()).filter(([key]) => !own.includes(key));
        console.log(JSON.stringify([Object.fromEntries(pairs.map(([key, value]) => [key, hex(value)]))]));";
    let program = runtime(version, "deno")?;
    let script = tempfile::Builder::new().suffix(".mjs").tempfile().unwrap();
    super::write(script.path(), SCRIPT.as_bytes());
    let path = script.path().display().to_string();
    let read = |file: &PathBuf| {
        let flag = format!("--env-file={}", file.display());
        let seen = output_if_well(&program, &["run", "--quiet", "--no-config", "-A", &flag, &path], &[])?;
        from_json(&seen).remove(0)
    };
    Some(files.iter().map(read).collect())
}

/// A JavaScript runtime from npm, in its own folder of the test parts.
fn runtime(name: &str, program: &str) -> Option<PathBuf> {
    let path = super::programs::parts().join("runtimes/node_modules").join(name).join(program);
    if !path.is_file() {
        skipped(name);
        return None;
    }
    Some(path)
}
