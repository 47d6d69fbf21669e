//! `.br` and `.gz` beside every file that shrinks. Must never change the file itself.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files;

const COMPRESSIBLE: [&str; 9] = [
    "html", "js", "mjs", "css", "json", "svg", "wasm", "txt", "map",
];

/// Compresses everything under the folder, on as many threads as there are cores.
pub(crate) fn folder(folder: &Path) -> Result<()> {
    let found: Vec<PathBuf> = files::walk(folder, &[])?
        .into_iter()
        .filter(|path| is_compressible(path))
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads)
            .map(|part| {
                let mine = found.iter().skip(part).step_by(threads);
                scope.spawn(move || mine.map(PathBuf::as_path).try_for_each(one))
            })
            .collect();
        parts.into_iter().try_for_each(|part| {
            part.join()
                .unwrap_or_else(|_| anyhow::bail!("compression panicked"))
        })
    })
}

/// The best brotli has to give.
pub(crate) fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &parameters).context("brotli failed")?;
    Ok(packed)
}

/// gzip at its best, without a time in its header: the same content gives the same bytes.
pub(crate) fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(content).context("gzip failed")?;
    writer.finish().context("gzip failed")
}

fn one(path: &Path) -> Result<()> {
    let content = files::bytes(path)?;
    files::write(&beside(path, "br"), brotli(&content)?)?;
    files::write(&beside(path, "gz"), gzip(&content)?)
}

/// `app.js` → `app.js.br`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn is_compressible(path: &Path) -> bool {
    path.extension()
        .and_then(|ending| ending.to_str())
        .is_some_and(|ending| COMPRESSIBLE.contains(&ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_text_is_smaller_and_the_same_each_time() {
        let text = "the quick brown fox ".repeat(100);
        for pack in [brotli, gzip] {
            let packed = pack(text.as_bytes()).expect("packed");
            assert!(packed.len() < text.len() / 5);
            assert_eq!(packed, pack(text.as_bytes()).expect("packed"));
        }
    }
}
