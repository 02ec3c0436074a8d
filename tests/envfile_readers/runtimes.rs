//! JavaScript runtimes that read env files themselves, in the versions whose reading differs.

use devsecrets::envfile::Reader;

use super::{Files, Seen, cases, compare, compare_expander, loaders, programs, texts_for_expanders};

/// One in `every` case, for programs that start once for each.
fn some(every: usize) -> Vec<Vec<u8>> {
    texts_for_expanders()
        .into_iter()
        .step_by(every)
        .chain(cases::odd_files().into_iter().rev().take(3))
        .collect()
}

#[test]
fn bun_expands_too() {
    let files = Files::new(some(4));
    for (dialect, version) in Reader::Bun.dialects().iter().zip(["bun-1.3", "bun"]) {
        if let Some(seen) = loaders::bun(version, &files.paths()) {
            compare_expander(dialect, version, &files.texts, &seen);
        }
    }
}

#[test]
fn deno_expands_some() {
    let files = Files::new(some(12));
    for (dialect, version) in Reader::Deno.dialects().iter().zip(["deno-2.7", "deno"]) {
        if let Some(mut seen) = loaders::deno(version, &files.paths()) {
            // It goes on without a file that is not UTF-8; to us that is a refusal.
            let unread = |(text, _): &(&Vec<u8>, &mut Seen)| std::str::from_utf8(text).is_err();
            files.texts.iter().zip(&mut seen).filter(unread).for_each(|(_, seen)| {
                assert_eq!(seen.take().map(|seen| seen.len()), Some(0));
            });
            compare(dialect, version, &files.texts, &seen);
        }
    }
}

/// `util.parseEnv` stands for `--env-file` in the other tests; here is the flag itself.
#[test]
fn the_env_file_flag_is_parse_env() {
    let text = b"A='x y' # c\nB=\"l1\\nl2\"\nC=`it's \"q\"`\nexport D=1\n";
    let files = Files::new(vec![text.to_vec()]);
    for (program, _) in programs::nodes_with_parse_env() {
        let by_flag = programs::env_file_flag(&program, &files.paths()[0], &["A", "B", "C", "D"]);
        assert_eq!(Some(by_flag), programs::parse_env(&program, &files.paths())[0]);
    }
}
