//! `call` and `commands`: the application's commands by name.

use crate::{FAILED, NOT_UNDERSTOOD, Stop, with_line_ends};
use clap::Args;
use jiangsai_app::{App, in_words};
use jiangsai_domain::command::people::{ShowSignIn, SignIn};
use jiangsai_domain::command::{Command, Kind, Needs, WireError};
use serde_json::{Value, json};
use std::io::Read as _;
use std::path::{Path, PathBuf};

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
    /// Sign in as this officer, by name or id, in the competition that the request names. The PIN is taken from `JIANGSAI_PIN`, or asked for.
    #[arg(long = "as", value_name = "OFFICER")]
    officer: Option<String>,
}

/// Environment variable that holds the PIN of whoever signs in.
const PIN: &str = "JIANGSAI_PIN";

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
    let pin = call.officer.as_ref().map(|_| pin()).transpose()?;
    let work = async |app: App| {
        let token = match call.officer.as_deref().zip(pin.as_deref()) {
            Some((officer, pin)) => Some(sign_in(&app, &payload["competition"], officer, pin, language).await?),
            None => None,
        };
        app.dispatch_as(token.as_deref(), &call.name, payload, language).await
    };
    match over(&call.data, language.unwrap_or_default(), work)? {
        Ok(reply) => Ok(with_line_ends(&[reply.to_string()])),
        Err(error) => Err(stop(&error)),
    }
}

/// Signs an officer in; the token to ask with.
async fn sign_in(
    app: &App,
    competition: &Value,
    officer: &str,
    pin: &str,
    language: Option<&str>,
) -> Result<String, WireError> {
    let shown = app.dispatch(ShowSignIn::NAME, json!({ "competition": competition }), language).await?;
    // Whoever is called nothing known is refused as an unknown officer.
    let people = shown["people"].as_array().into_iter().flatten();
    let named = people
        .into_iter()
        .find(|own| own["name"] == officer)
        .map_or(officer, |own| own["officer"].as_str().unwrap_or(officer));
    let request = json!({ "competition": competition, "officer": named, "pin": pin });
    let signed_in = app.dispatch(SignIn::NAME, request, language).await?;
    Ok(signed_in["token"].as_str().unwrap_or_default().to_owned())
}

/// The PIN from the environment, or a line of standard input.
fn pin() -> Result<String, Stop> {
    if let Ok(pin) = std::env::var(PIN) {
        return Ok(pin);
    }
    eprint!("PIN: ");
    let mut typed = String::new();
    let read = std::io::stdin().read_line(&mut typed);
    read.map_err(|error| Stop::new(NOT_UNDERSTOOD, format!("standard input: {error}")))?;
    Ok(typed.trim().to_owned())
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
        let opened = App::open(data, crate::host()).await;
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
            Needs::Desk => "desk".to_owned(),
            Needs::SignedIn => "signed-in".to_owned(),
            Needs::AnyOf(roles) => roles.iter().map(|role| role.name()).collect::<Vec<_>>().join(","),
        };
        format!("{name:widest$}  {kind:8}  {roles}")
    };
    with_line_ends(&commands.iter().map(line).collect::<Vec<_>>())
}
