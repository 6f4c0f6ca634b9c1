//! How fast YAML and JSON are read. `HOLDFAST_CORPORA` names a folder with files to read:
//! `HOLDFAST_CORPORA=... cargo bench -p syntax`.

use divan::Bencher;
use divan::counter::BytesCount;
use std::path::Path;
use std::sync::Arc;
use syntax::{SourceText, Tree, json, yaml};

fn main() {
    if std::env::var_os("HOLDFAST_CORPORA").is_none() {
        println!("skipped: HOLDFAST_CORPORA does not name a folder with YAML and JSON files");
        return;
    }
    divan::main();
}

fn collect(folder: &Path, endings: &[&str], out: &mut Vec<Arc<SourceText>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, endings, out);
        } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            out.push(Arc::new(SourceText::new(path.to_string_lossy(), text)));
        }
    }
}

fn corpus(endings: &[&str], wanted: fn(&str) -> bool) -> Vec<Arc<SourceText>> {
    let mut out = Vec::new();
    if let Some(folder) = std::env::var_os("HOLDFAST_CORPORA") {
        collect(Path::new(&folder), endings, &mut out);
    }
    out.retain(|source| wanted(source.text()));
    out
}

fn measure(bencher: Bencher<'_, '_>, sources: &[Arc<SourceText>], parse: fn(Arc<SourceText>) -> Tree) {
    let bytes: usize = sources.iter().map(|source| source.text().len()).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| sources.iter().map(|source| parse(source.clone()).documents().len()).sum::<usize>());
}

/// Files that are YAML as they stand.
#[divan::bench(sample_count = 10)]
fn yaml_manifests(bencher: Bencher<'_, '_>) {
    let sources = corpus(&["yaml", "yml"], |text| !text.contains("{{"));
    measure(bencher, &sources, yaml::parse);
}

/// Files under 64 KiB, as people write them: without the large generated definitions.
#[divan::bench(sample_count = 10)]
fn yaml_small(bencher: Bencher<'_, '_>) {
    let sources = corpus(&["yaml", "yml"], |text| !text.contains("{{") && text.len() < 65536);
    measure(bencher, &sources, yaml::parse);
}

/// Everything, templates included (of which most end at the first mistake).
#[divan::bench(sample_count = 10)]
fn yaml_all(bencher: Bencher<'_, '_>) {
    measure(bencher, &corpus(&["yaml", "yml"], |_| true), yaml::parse);
}

#[divan::bench(sample_count = 20)]
fn json_all(bencher: Bencher<'_, '_>) {
    measure(bencher, &corpus(&["json"], |_| true), json::parse);
}
