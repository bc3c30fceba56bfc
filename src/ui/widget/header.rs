//! The header: account, region and endpoint in its first line, the draft in its second.

use super::canvas::Canvas;
use super::cells::{cut_middle, width};
use super::segments::{Segment, fitted_line};
use crate::app::connection::ConnectionState;
use crate::app::credentials::CredentialsLeft;
use crate::app::deployment_run::DeploymentProgress;
use crate::app::event::UnconfirmedCreate;
use crate::app::keymap::KeyContext;
use crate::app::remote::Remote;
use crate::app::session::Session;
use crate::app::work::Work;
use crate::app::{App, Command, Exit};
use crate::domain::plural::counted;
use crate::domain::printable::printable;
use crate::domain::{DefinitionKind, SlotState};
use crate::ui::Theme;
use crate::ui::naming::{known_group_name, state_style};

/// A group's long name is shortened to this many cells before warnings are.
const SHORT_NAME: usize = 24;

/// The age of lists is shown from this age on.
const OLD_SECONDS: i64 = 300;

pub(crate) fn draw(app: &App, canvas: &mut Canvas<'_, '_>) {
    let theme = canvas.theme;
    let session = &app.session;
    let (first, left_out) = fitted_line(theme, canvas.width(), place_facts(app, theme));
    canvas.write(0, &first);
    if session.is_protected() {
        canvas.style_line(0, theme.protected);
    }
    let mut facts = work_facts(session, theme);
    let end = facts.len();
    let place = facts.iter().position(|fact| fact.is_right).unwrap_or(end);
    // Facts that do not fit into the first line may fit here.
    facts.splice(place..place, left_out);
    canvas.write(1, &fitted_line(theme, canvas.width(), facts).0);
}

fn place_facts(app: &App, theme: &Theme) -> Vec<Segment> {
    let session = &app.session;
    let mut facts = vec![identity(session, theme)];
    match session.connection().state() {
        ConnectionState::Connected(connected) => {
            if !connected.region.is_empty() {
                facts.push(Segment::left(93, theme.plain, connected.region.clone()));
            }
            if let Some(profile) = &connected.profile {
                let text = format!("profile {profile}");
                facts.push(Segment::left(88, theme.plain, text));
            }
            if connected.credentials.is_environment {
                let text = "credentials from the environment";
                facts.push(Segment::left(89, theme.warning, text).or("keys of environment"));
            }
            if let Some(endpoint) = &connected.endpoint {
                let text = format!("endpoint {endpoint}");
                facts.push(Segment::left(98, theme.warning, text).or("custom endpoint"));
            }
            if let Some(left) = session.credentials_left() {
                facts.push(credentials(left, theme));
            }
        }
        ConnectionState::Connecting => {}
        ConnectionState::Failed(failure) => {
            facts.push(Segment::left(85, theme.error, failure.message.clone()));
        }
    }
    let tags = [
        (session.launch().read_only, "READ-ONLY"),
        (session.launch().dry_run, "DRY RUN"),
        (session.is_protected(), "PROTECTED"),
    ];
    for (_, tag) in tags.into_iter().filter(|(is_on, _)| *is_on) {
        facts.push(Segment::left(95, theme.tag, tag));
    }
    facts.extend(deployment(session, theme));
    facts.extend(age_of_lists(session, theme));
    facts.extend(loading(app, theme));
    facts.push(Segment::right(100, theme.heading, app.screen().name()));
    facts
}

fn identity(session: &Session, theme: &Theme) -> Segment {
    let (style, text) = match session.connection().state() {
        ConnectionState::Connecting => (theme.faint, "connecting".to_owned()),
        ConnectionState::Failed(_) => (theme.error, "not connected".to_owned()),
        ConnectionState::Connected(connected) if connected.is_sandbox => {
            (theme.heading, "sandbox".to_owned())
        }
        ConnectionState::Connected(_) => match &session.catalog().identity {
            Remote::Unasked | Remote::Loading => (theme.faint, "loading identity".to_owned()),
            Remote::Ready(None) => (theme.faint, "identity unknown".to_owned()),
            Remote::Ready(Some(identity)) => (
                theme.heading,
                format!("{} {}", identity.account, identity.principal()),
            ),
            Remote::Failed(error) => (
                theme.error,
                format!("identity unknown: {}", error.kind.words()),
            ),
        },
    };
    Segment::left(110, style, text)
}

fn credentials(left: CredentialsLeft, theme: &Theme) -> Segment {
    match left {
        CredentialsLeft::Nothing => Segment::right(90, theme.error, "credentials expired"),
        CredentialsLeft::Little(left) => {
            let text = format!("credentials expire in {left}");
            Segment::right(90, theme.warning, text).or(format!("{left} left"))
        }
        CredentialsLeft::Enough(left) => {
            Segment::right(30, theme.faint, format!("credentials expire in {left}"))
        }
    }
}

/// The running deployment with the duration of its status, or its end.
fn deployment(session: &Session, theme: &Theme) -> Option<Segment> {
    let run = session.shown_deployment()?;
    let words = run.words()?;
    let style = match (run.is_active(), run.exit()) {
        (true, _) => theme.warning,
        (false, Exit::DeploymentFailed) => theme.error,
        (false, _) if run.is_failure() => theme.error,
        (false, _) => theme.ok,
    };
    let current = run.progress().and_then(DeploymentProgress::current);
    let words = match current {
        Some((_, since)) if run.is_active() => format!("{words} {}", since.age(session.now())),
        Some(_) | None => words,
    };
    Some(Segment::left(97, style, words))
}

/// The age of the lists, if other users may have changed them since.
fn age_of_lists(session: &Session, theme: &Theme) -> Option<Segment> {
    session.connected()?;
    let (since, now) = (session.connection().since(), session.now());
    let is_old = now.seconds_since(since) >= OLD_SECONDS;
    is_old.then(|| Segment::right(20, theme.faint, format!("read {} ago", since.age(now))))
}

/// The running calls, with the spinner first. Without room, only the spinner stays.
fn loading(app: &App, theme: &Theme) -> Vec<Segment> {
    if !app.is_busy() {
        return Vec::new();
    }
    let session = &app.session;
    let spinner = theme.symbols.spinner_at(app.spinner);
    if let Some(per_second) = session.loader().throttled() {
        let words = format!("throttled: {per_second:.0}/s{}", waiting_words(session));
        let words = Segment::right(94, theme.warning, words).or("throttled");
        return vec![Segment::right(99, theme.spinner, spinner), words];
    }
    let words = match session.calls().retrying_call(session.now()) {
        Some(trial) => {
            let words = format!("{}{}", trial.words(), waiting_words(session));
            Segment::right(94, theme.warning, words).or(trial.short_words())
        }
        None => progress(session, theme),
    };
    vec![Segment::right(99, theme.spinner, spinner), words]
}

fn waiting_words(session: &Session) -> String {
    match session.loader().waiting() {
        0 => String::new(),
        waiting => format!(", {waiting} waiting"),
    }
}

/// The progress of loading. Long work is more important than the number of kept slots, short work less.
fn progress(session: &Session, theme: &Theme) -> Segment {
    let long = |words: String| Segment::right(76, theme.faint, words);
    if session.connection().is_connecting() {
        return long("loading credentials".to_owned());
    }
    let waiting = waiting_words(session);
    let work = session.work();
    let contents: Vec<bool> = work.map_or_else(Vec::new, |work| {
        let remote = |arn| session.catalog().contents.get(arn);
        let is_here = |arn| !remote(arn).is_loading() && !remote(arn).is_unasked();
        work.needed_contents().map(is_here).collect()
    });
    let here = contents.iter().filter(|is_here| **is_here).count();
    let all = contents.len();
    if here < all {
        return long(format!("loading contents {here}/{all}{waiting}"));
    }
    let lists = DefinitionKind::ALL.map(|kind| session.catalog().definitions(kind));
    let complete = lists.iter().filter(|list| list.is_complete()).count();
    if complete < lists.len() && session.connected().is_some() {
        let all = lists.len();
        return long(format!("loading lists {complete}/{all}{waiting}"));
    }
    let versions = session.catalog().version_count();
    if versions.complete < versions.begun {
        let (complete, begun) = (versions.complete, versions.begun);
        return long(format!("loading versions {complete}/{begun}{waiting}"));
    }
    let words = format!("loading {}{waiting}", session.under_way());
    Segment::right(60, theme.faint, words)
}

fn work_facts(session: &Session, theme: &Theme) -> Vec<Segment> {
    let Some(work) = session.work() else {
        let Some(left) = session.last_left_draft() else {
            let hint = "Open the group to assemble a new version of.";
            return vec![Segment::left(60, theme.faint, hint)];
        };
        let name = known_group_name(session, &left.group);
        let slots = counted(left.changed, "slot");
        let age = left.saved.age(session.now());
        let open = session.keymap().key_name(KeyContext::Groups, Command::Open);
        let offer = |name: &str| format!("{name} has a draft from {age} ago");
        let full = format!("{}, {slots} changed; {open} opens it.", offer(&name));
        let name = printable(&name);
        let cut = cut_middle(&name, SHORT_NAME, theme.symbols.ellipsis);
        let short = format!("{}; {open} opens it.", offer(&cut));
        let segment = Segment::left(60, theme.warning, full).or(offer(&name));
        return vec![segment.or(short).or(offer(&cut))];
    };
    let name = session.open_group_name();
    let short = cut_middle(&printable(&name), SHORT_NAME, theme.symbols.ellipsis).into_owned();
    let mut name = Segment::left(100, theme.heading, name);
    if width(&short) < name.width() {
        name = name.or(short).name();
    }
    let mut facts = vec![name, base(session, work, theme)];
    if let Some(reason) = work.unsaved_reason() {
        let text = format!("draft not saved: {reason}");
        facts.push(Segment::left(101, theme.warning, text).or("draft not saved"));
    }
    if let Some(unsettled) = &work.unconfirmed {
        let text = format!("{} {}", words_for(session, unsettled), unsettled.sent);
        facts.push(Segment::left(86, theme.warning, text).or("outcome unknown"));
    }
    if let Some(aside) = &work.quarantined {
        let text = format!("a damaged draft is kept in {}", aside.display());
        facts.push(Segment::left(87, theme.warning, text).or("damaged draft kept"));
    }
    facts.extend(counts(session, work, theme));
    facts
}

/// A version with the sent slots that is not older than the request is most likely the created one.
fn words_for(session: &Session, unsettled: &UnconfirmedCreate) -> &'static str {
    let latest = session.work().and_then(|work| {
        let latest = session.catalog().group(&work.group)?.latest.as_ref()?;
        session.catalog().group_version(&work.group, latest).ready()
    });
    let is_there = latest.is_some_and(|latest| {
        latest.slots == unsettled.slots && latest.created.is_none_or(|at| at >= unsettled.sent)
    });
    if is_there {
        "the latest version has the sent slots"
    } else {
        "outcome unknown, sent"
    }
}

fn base(session: &Session, work: &Work, theme: &Theme) -> Segment {
    let Some(draft) = work.draft() else {
        let (style, text) = match work.error(session.catalog()) {
            Some(error) => (theme.error, format!("base not read: {}", error.title())),
            None if matches!(session.connection().state(), ConnectionState::Failed(_)) => {
                (theme.error, "base not loaded".to_owned())
            }
            None => (theme.faint, "loading base".to_owned()),
        };
        return Segment::left(90, style, text);
    };
    let Some(version) = &draft.base().version else {
        return Segment::left(90, theme.plain, "no version yet");
    };
    let catalog = session.catalog();
    let group = catalog.group(&work.group);
    let latest = group.and_then(|group| group.latest.as_ref());
    let is_being_read = catalog.group_reading(&work.group).is_loading();
    let read = catalog.group_version(&work.group, version).ready();
    let created = read.and_then(|read| read.created);
    let created = created.or_else(|| work.base_created(version));
    let created = created.map_or_else(String::new, |at| at.to_string());
    let notes = match latest {
        Some(_) if is_being_read => [created, String::new()],
        Some(latest) if latest == version => ["latest".to_owned(), created],
        Some(latest) => [created, format!("the latest is {}", latest.short())],
        None => [created, "latest version not read".to_owned()],
    };
    let mut notes = Vec::from(notes);
    notes.retain(|note| !note.is_empty());
    let base = format!("base {}", version.short());
    let text = match notes.join(", ") {
        notes if notes.is_empty() => base.clone(),
        notes => format!("{base} ({notes})"),
    };
    let fact = Segment::left(80, theme.plain, text);
    // An outdated base is a warning and never left out; its age may be.
    let fact = match latest {
        Some(latest) if latest == version => fact.or(format!("{base} (latest)")),
        Some(latest) if !is_being_read => fact
            .or(format!("{base} (the latest is {})", latest.short()))
            .or(format!("{base}, latest {}", latest.short())),
        Some(_) | None => fact,
    };
    fact.or(base)
}

/// `kept 4`, `changed 1`, `dropped 1`: the number of slots in each state, without zeros.
fn counts(session: &Session, work: &Work, theme: &Theme) -> Vec<Segment> {
    let states = [
        SlotState::Kept,
        SlotState::Changed,
        SlotState::New,
        SlotState::Added,
        SlotState::Dropped,
        SlotState::Back,
    ];
    let count = |state| {
        let kinds = DefinitionKind::ALL.into_iter();
        let state_of = |kind: &DefinitionKind| work.state(*kind, session.catalog());
        kinds.filter(|kind| state_of(kind) == Some(state)).count()
    };
    let fact = |state: SlotState| {
        let count = count(state);
        let text = format!("{} {count}", state.word().to_lowercase());
        (count > 0).then(|| Segment::right(95, state_style(theme, state), text))
    };
    states.into_iter().filter_map(fact).collect()
}
