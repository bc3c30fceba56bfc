//! Properties for any bytes: called by the fuzz targets, and by the tests that replay the corpus.

use std::collections::VecDeque;

use greengroup::app::text_input::TextInput;
use greengroup::domain::{Arn, DefinitionKind, DefinitionVersionArn, Draft, SlotArn};
use greengroup::greengrass::aws_files::AwsFiles;
use greengroup::greengrass::aws_files::chain::{ChainStart, ProfileChoice, resolve};
use greengroup::greengrass::{ConnectOptions, Environment, connect};
use greengroup::runtime::files::drafts::parse;
use greengroup::runtime::input::Input;
use greengroup::runtime::input::assembler::Assembler;
use greengroup::runtime::input::delays::Delays;
use greengroup::sandbox::account_file;
use greengroup::search::{Attributes, Search};

/// An ARN is parsed entirely or not at all, and written unchanged.
pub(crate) fn arn(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(parts) = Arn::split(&text) {
        let Arn {
            partition,
            service,
            region,
            account,
            resource,
        } = parts;
        assert_eq!(
            format!("arn:{partition}:{service}:{region}:{account}:{resource}"),
            text
        );
    }
    if let Ok(arn) = text.parse::<DefinitionVersionArn>() {
        assert_eq!(arn.as_str(), text);
        assert!(text.contains(arn.definition_id().as_str()));
        assert!(text.contains(arn.kind().path_segment()));
    }
    for kind in DefinitionKind::ALL {
        let held = SlotArn::read(kind, &text);
        assert_eq!(held.as_str(), text);
        assert!(held.version().is_none_or(|arn| arn.kind() == kind));
    }
}

/// A readable account can be written, and is the same when it is read again.
pub(crate) fn account_file(bytes: &[u8]) {
    if let Ok(account) = account_file::read(bytes) {
        let written = account_file::write(&account);
        let again = account_file::read(written.as_bytes()).expect("what was written can be read");
        assert_eq!(account_file::write(&again), written);
    }
}

/// A draft can be undone to its first step and redone to its last, and is then unchanged.
pub(crate) fn draft_file(bytes: &[u8]) {
    let Ok(saved) = parse(bytes) else { return };
    let text = serde_json::to_string(&saved.draft).unwrap();
    assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), saved.draft);
    let mut draft = saved.draft.clone();
    let mut steps = 0;
    while draft.undo() {
        steps += 1;
    }
    for _ in 0..steps {
        assert!(draft.redo());
    }
    assert_eq!(draft, saved.draft);
}

/// The keys do not depend on how the network splits the bytes, and every wait has an end.
pub(crate) fn input_assembler(bytes: &[u8]) {
    let Some((&seed, bytes)) = bytes.split_first() else {
        return;
    };
    let whole = assembled([bytes]);
    let piece = usize::from(seed % 7) + 1;
    assert_eq!(assembled(bytes.chunks(piece)), whole);
}

fn assembled<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> VecDeque<Input> {
    let mut assembler = Assembler::new(Delays::from_environment(|_| None));
    let mut events = VecDeque::new();
    for piece in pieces {
        assembler.push(piece, &mut events);
    }
    for _ in 0..4 {
        if assembler.patience().is_some() {
            assembler.time_out(&mut events);
        }
    }
    assert_eq!(
        assembler.patience(),
        None,
        "something is waited for for ever"
    );
    events
}

/// For any input in a search line, the cursor stays in it and the search accepts it.
pub(crate) fn search_line(bytes: &[u8]) {
    let mut line = TextInput::default();
    for input in assembled([bytes]) {
        match input {
            Input::Key(key) => drop(line.press(key)),
            Input::Pasted { text, .. } => line.paste(&text),
            Input::Closed => {}
        }
        assert!(line.as_str().starts_with(line.before_cursor()));
    }
    search_query(line.as_str().as_bytes());
}

/// Typing the first line letter by letter over the names in the other lines finds the same as pasting it.
pub(crate) fn search_query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n');
    let query = lines.next().unwrap_or_default();
    let names: Vec<&str> = lines.take(40).collect();
    let (mut typed, mut direct) = (Search::new(), Search::new());
    for search in [&mut typed, &mut direct] {
        for (place, &name) in names.iter().enumerate() {
            let arn = format!(
                "arn:aws:greengrass:eu-central-1:1:/greengrass/definition/cores/{place:08x}/versions/{place:04x}"
            );
            search.push(
                &arn,
                &Attributes {
                    name: Some(name),
                    created: None,
                    is_base: false,
                    is_latest: false,
                },
            );
        }
    }
    typed.settle();
    let mut so_far = String::new();
    for character in query.chars().take(40) {
        so_far.push(character);
        typed.set_query(&so_far);
        typed.settle();
    }
    direct.set_query(&so_far);
    direct.settle();
    assert_eq!(typed.order(), direct.order(), "{so_far:?} over {names:?}");
    for &row in direct.order() {
        direct.highlights(row);
    }
}

/// The configuration, the credentials file and the environment, separated by zero bytes. Connecting results
/// in a connection or an error, and no signing key can break a header.
pub(crate) fn aws_files(bytes: &[u8]) {
    let mut parts = bytes.split(|&byte| byte == 0);
    let mut file = |name: &str| {
        let content = String::from_utf8(parts.next().unwrap_or_default().to_vec());
        let content = content.map(Some).map_err(|error| error.to_string());
        (std::path::PathBuf::from(name), content)
    };
    let (config, credentials) = (file("config"), file("credentials"));
    let variables = String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned();
    let variables = variables.lines().filter_map(|line| line.split_once('='));
    let environment = Environment::new(
        variables
            .chain([
                ("AWS_REGION", "eu-central-1"),
                ("AWS_EC2_METADATA_DISABLED", "true"),
            ])
            .map(|(name, value)| (name.into(), value.into())),
    );
    let files = AwsFiles::parse(config, credentials);
    let mut names: Vec<Option<String>> = files.names().into_iter().take(5).map(Some).collect();
    names.push(None);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for name in names {
        let profile = name.as_deref().and_then(|name| files.get(name));
        for choice in [ProfileChoice::Explicit, ProfileChoice::Default] {
            if let Ok(chain) = resolve(&files, &environment, profile, choice)
                && let ChainStart::Environment(keys) | ChainStart::AccessKeys { keys, .. } =
                    &chain.base
            {
                let values = [&keys.access_key_id, &keys.secret_access_key];
                let values = values.into_iter().chain(&keys.session_token);
                assert!(
                    values
                        .flat_map(|value| value.chars())
                        .all(|letter| !letter.is_control())
                );
            }
        }
        let options = ConnectOptions {
            profile: name,
            environment: Some(environment.clone().into()),
            files: Some(files.clone().into()),
            ..ConnectOptions::default()
        };
        if let Err(error) = runtime.block_on(connect(options)) {
            assert!(!error.to_string().is_empty());
        }
    }
}
