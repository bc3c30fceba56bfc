//! The user's editor: it mostly makes a valid change, sometimes none, an empty text, or an invalid content.

use std::path::PathBuf;

use greengroup::app::effect::EditRequest;
use greengroup::app::event::{EditFailure, EditProblem, EditedText};
use greengroup::domain::DefinitionKind;
use greengroup::sandbox::Sandbox;
use serde_json::{Value, json};

use super::seed::Dice;
use super::world;

/// The editor's action on a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Change,
    /// The content of another version of the account.
    Existing,
    Nothing,
    Empty,
    OnlyComments,
    /// Invalid JSON.
    Break,
    /// A member that is not in the API.
    Unknown,
    /// The editor ends with an error.
    Fail,
}

/// The result of the editor.
pub(super) fn edit(
    request: &EditRequest,
    sandbox: &Sandbox,
    dice: &mut Dice,
) -> Result<EditedText, EditFailure> {
    let text = &request.text;
    let is_again = text.starts_with("// Not taken");
    // A user who sees an error fixes it or gives up.
    let doing = if is_again {
        dice.weighted(&[(6, Doing::Change), (4, Doing::Nothing), (1, Doing::Break)])
    } else {
        dice.weighted(&[
            (16, Doing::Change),
            (3, Doing::Existing),
            (1, Doing::Nothing),
            (1, Doing::Empty),
            (1, Doing::OnlyComments),
            (3, Doing::Break),
            (1, Doing::Unknown),
            (1, Doing::Fail),
        ])
    };
    let kind = kind_of(text);
    let path = PathBuf::from(format!("/run/edit/{}", request.name));
    let text = match doing {
        Doing::Nothing => text.clone(),
        Doing::Empty => String::new(),
        Doing::OnlyComments => "// Later.\n".to_owned(),
        Doing::Break => text.replacen(": ", ":: ", 1),
        Doing::Unknown => text.replacen("\"Id\"", "\"Ident\"", 1),
        Doing::Fail => {
            return Err(EditFailure {
                problem: EditProblem::Status(1),
                kept: None,
            });
        }
        Doing::Existing => {
            let all = world::contents(sandbox, kind);
            let content = match all.len() {
                0 => content(kind, dice),
                count => all[dice.below(count)].clone(),
            };
            with(text, &content)
        }
        Doing::Change => with(text, &content(kind, dice)),
    };
    let returned_at_once = (text == request.text && dice.chance(30)).then(|| "code".to_owned());
    Ok(EditedText {
        text,
        path,
        returned_at_once,
    })
}

/// The kind of a content, from the name of its list.
fn kind_of(text: &str) -> DefinitionKind {
    let has_list = |kind: &DefinitionKind| text.contains(&format!("\"{}\"", kind.items_member()));
    let mut kinds = DefinitionKind::ALL.into_iter();
    kinds.find(has_list).unwrap_or(DefinitionKind::Core)
}

/// The comments of the text, followed by this content.
fn with(text: &str, content: &Value) -> String {
    let comments = text.lines().take_while(|line| line.starts_with("//"));
    let mut lines: Vec<String> = comments.map(str::to_owned).collect();
    lines.push(serde_json::to_string_pretty(content).unwrap());
    lines.join("\n")
}

/// The text parsed independently of the program; `None` for an empty text and for invalid JSON.
pub(super) fn meaning(text: &str) -> Option<Value> {
    let is_content = |line: &&str| !line.starts_with("//");
    let lines: Vec<&str> = text.lines().filter(is_content).collect();
    serde_json::from_str(&lines.join("\n")).ok()
}

/// A valid content, from a set so small that contents repeat.
fn content(kind: DefinitionKind, dice: &mut Dice) -> Value {
    let number = dice.below(4);
    let certificate = format!("arn:aws:iot:eu-central-1:123456789012:cert/{number:064}");
    let thing = format!("arn:aws:iot:eu-central-1:123456789012:thing/thing-{number}");
    let item = |id: &str| json!({"Id": id, "CertificateArn": certificate, "ThingArn": thing, "SyncShadow": number > 1});
    let lambda =
        |number: usize| format!("arn:aws:lambda:eu-central-1:123456789012:function:cam:{number}");
    let items = match kind {
        DefinitionKind::Core => vec![item("core")],
        DefinitionKind::Device => vec![item("one")],
        DefinitionKind::Function => vec![json!({
            "Id": "cam", "FunctionArn": lambda(number + 1), "FunctionConfiguration":
            {"EncodingType": "json", "MemorySize": 16384, "Pinned": true, "Timeout": 3}
        })],
        DefinitionKind::Connector => vec![json!({
            "Id": "notify", "ConnectorArn": "arn:aws:greengrass:eu-central-1::/connectors/SNS/versions/4",
            "Parameters": {"DefaultSNSArn": format!("arn:aws:sns:eu-central-1:123456789012:topic-{number}")}
        })],
        DefinitionKind::Resource => vec![json!({
            "Id": "data", "Name": "data", "ResourceDataContainer":
            {"LocalVolumeResourceData": {"SourcePath": format!("/srv/{number}"), "DestinationPath": "/data"}}
        })],
        DefinitionKind::Subscription => vec![json!({
            "Id": "route", "Source": lambda(dice.below(4) + 1), "Subject": format!("line/{number}/state"),
            "Target": "cloud"
        })],
        DefinitionKind::Logger => vec![json!({
            "Id": "log", "Type": "FileSystem", "Component": "GreengrassSystem", "Level": "INFO",
            "Space": 1024 * (number + 1)
        })],
    };
    json!({ kind.items_member(): items })
}
