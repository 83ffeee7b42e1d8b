//! `call` and `commands`: the application's commands by name.

use crate::{FAILED, NOT_UNDERSTOOD, Stop, with_line_ends};
use clap::Args;
use jiangsai_app::host::SystemHost;
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::{Kind, Needs, WireError};
use serde_json::Value;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Arguments of `call`.
#[derive(Args)]
pub struct Call {
    /// Name of the command, such as `competitions.list`.
    name: String,
    /// The request as JSON; `-` reads it from standard input.
    #[arg(allow_hyphen_values = true)]
    json: String,
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Language of messages: `zh-CN` or `en`. The one set in the data folder when not given.
    #[arg(long, value_name = "TAG", value_parser = ["zh-CN", "en"])]
    language: Option<String>,
}

/// Calls a command; the reply as JSON.
///
/// # Errors
/// A name or a request that is not one (2); a refusal or a failure as JSON (1).
pub fn call(call: &Call) -> Result<String, Stop> {
    if jiangsai_app::commands().iter().all(|(name, ..)| *name != call.name) {
        let line = format!("no command {:?}: `jiangsai-cli commands` lists them", call.name);
        return Err(Stop::new(NOT_UNDERSTOOD, line));
    }
    let payload = request(&call.json)?;
    let language = call.language.as_deref();
    let work = async |app: App| app.dispatch(&call.name, payload, language).await;
    match over(&call.data, language.unwrap_or_default(), work)? {
        Ok(reply) => Ok(with_line_ends(&[reply.to_string()])),
        Err(error) => Err(stop(&error)),
    }
}

/// Opens a data folder and works on it; the error is in the language asked for.
///
/// # Errors
/// Where nothing can be run at all.
pub fn over<T>(
    data: &Path,
    language: &str,
    work: impl AsyncFnOnce(App) -> Result<T, WireError>,
) -> Result<Result<T, WireError>, Stop> {
    run(async || {
        let opened = App::open(data, Arc::new(SystemHost::new(None))).await;
        let app = opened.map_err(|error| in_words(&error, language))?;
        work(app).await.map_err(|error| in_words(&error, language))
    })
}

/// Runs something to its end.
///
/// # Errors
/// Where nothing can be run at all.
pub fn run<T>(work: impl AsyncFnOnce() -> T) -> Result<T, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    Ok(runtime.map_err(|error| Stop::new(FAILED, error.to_string()))?.block_on(work()))
}

/// The request, from the argument or from standard input.
fn request(json: &str) -> Result<Value, Stop> {
    let mut typed = String::new();
    let text = if json == "-" {
        std::io::stdin()
            .read_to_string(&mut typed)
            .map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("standard input: {error}")))?;
        typed.strip_prefix('\u{feff}').unwrap_or(&typed)
    } else {
        json
    };
    serde_json::from_str(text).map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("the request is not JSON: {error}")))
}

fn stop(error: &WireError) -> Stop {
    let code = if error.code == "bad-request" { NOT_UNDERSTOOD } else { FAILED };
    Stop::new(code, serde_json::to_string(error).unwrap_or_else(|_| error.message.clone()))
}

/// Every command on a line of its own: name, kind, roles.
#[must_use]
pub fn list() -> String {
    let commands = jiangsai_app::commands();
    let widest = commands.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let line = |(name, kind, needs): &(&str, Kind, Needs)| {
        let kind = match kind {
            Kind::Query => "query",
            Kind::Mutation => "mutation",
        };
        let roles = match needs {
            Needs::Anyone => "anyone".to_owned(),
            Needs::AnyOf(roles) => {
                let names = roles.iter().filter_map(|role| serde_json::to_value(role).ok());
                names.filter_map(|name| name.as_str().map(str::to_owned)).collect::<Vec<_>>().join(",")
            }
        };
        format!("{name:widest$}  {kind:8}  {roles}")
    };
    with_line_ends(&commands.iter().map(line).collect::<Vec<_>>())
}
