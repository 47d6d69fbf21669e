//! `partner-desk-minify FILE…`: rewrites scripts in place with short names and without comments.
//! `*.mjs` and files that import or export are modules, others classic scripts.
//! Must never change what a script does; what it cannot read it leaves alone and fails.

use std::process::ExitCode;

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

fn main() -> ExitCode {
    for path in std::env::args().skip(1) {
        let done = std::fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|code| minified(&code))
            .and_then(|code| std::fs::write(&path, code).map_err(|error| error.to_string()));
        if let Err(error) = done {
            eprintln!("error: {path}: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn minified(code: &str) -> Result<String, String> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, code, SourceType::unambiguous()).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(error.to_string());
    }
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut parsed.program);
    let written = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .build(&parsed.program);
    Ok(written.code)
}
