//! One session: a user, a network, other users and power failures, all random.

use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use greengroup::app::Launch;
use greengroup::app::event::Event;
use greengroup::app::work::Work;
use greengroup::domain::{DefinitionKind, DefinitionTarget, Draft, NewVersion};
use greengroup::sandbox::{Fault, Operation, PageSizes};
use tokio::time::Instant;

use super::ledger::Ledger;
use super::person::{self, Intent};
use super::program::{BEGAN, Program, RESPONSE_LIMIT};
use super::seed::Dice;
use super::tally::Tally;
use super::trail::Trail;
use super::world;

/// Faults after the effect of the request, with a wrong response or none.
const AFTER: [&Fault; 6] = [
    &Fault::CutAfter,
    &Fault::HangAfter,
    &Fault::ServerErrorAfter,
    &Fault::ThrottleAfter,
    &Fault::EmptyAfter,
    &Fault::OtherGroupAfter,
];

/// The rates of faults in a session, in percent of its steps.
struct Temper {
    intent: Intent,
    /// No other fault is added then: a late response would look like no response.
    throttles: bool,
    faults: usize,
    others: usize,
    restarts: usize,
    holds: usize,
    /// How often the disk becomes full or empty.
    disk: usize,
    /// How often the terminal closes.
    vanishes: usize,
}

/// Stores the steps so far, to be read after a panic.
struct Recorded<'a> {
    program: Option<Program>,
    log: &'a Mutex<Option<Trail>>,
}

impl Drop for Recorded<'_> {
    fn drop(&mut self) {
        if let Some(trail) = self
            .program
            .as_mut()
            .and_then(|program| program.trail.take())
        {
            *self.log.lock().unwrap() = Some(trail);
        }
    }
}

impl Recorded<'_> {
    fn program(&mut self) -> &mut Program {
        self.program.as_mut().unwrap()
    }
}

pub(super) async fn run(
    seed: u64,
    folder: &Path,
    tells: bool,
    log: &Mutex<Option<Trail>>,
) -> Tally {
    let mut dice = Dice::new(seed);
    let began = Instant::now();
    let sandbox = world::sandbox(seed, BEGAN);
    sandbox.set_pages(PageSizes {
        list: dice.one_of(&[1, 2, 100, 100, 100]),
        content: 200,
    });
    let limit = throttled(seed);
    if let Some(per_second) = limit {
        sandbox.throttle_above(f64::from(per_second), per_second);
    }
    let faults = dice.one_of(&[0, 3, 10]);
    let temper = Temper {
        intent: intent(seed),
        throttles: limit.is_some(),
        faults: if limit.is_some() { 0 } else { faults },
        others: dice.one_of(&[0, 4, 12]),
        restarts: dice.one_of(&[0, 1, 2]),
        holds: dice.one_of(&[0, 0, 3]),
        disk: dice.one_of(&[0, 0, 0, 3]),
        vanishes: dice.one_of(&[0, 0, 1]),
    };
    let ledger = Ledger::new(&sandbox);
    let launch = some_launch(&mut dice);
    let mut program = Program::start(sandbox, ledger, folder, launch, began);
    program.trail = tells.then(Trail::new);
    let mut recorded = Recorded {
        program: Some(program),
        log,
    };
    let steps = match temper.intent {
        Intent::Assemble => [15, 30, 50],
        Intent::Edit => [45, 60, 75],
    };
    for _ in 0..dice.one_of(&steps) {
        step(recorded.program(), &temper, &mut dice).await;
        if recorded.program().session.exit.is_some() {
            recorded.program().end().await;
        }
        // A kill matters most between the requests of one change.
        let program = recorded.program();
        let is_between = program.ledger.is_between_requests();
        let kills = temper.restarts * if is_between { 60 } else { 10 };
        if program.session.exit.is_some() || dice.below(1000) < kills {
            program.ledger.tally.killed_between += usize::from(is_between);
            program.ledger.tally.edited_offline += usize::from(program.is_editing());
            let launch = some_launch(&mut dice);
            restart(&mut recorded, folder, launch, began).await;
        }
    }
    finish(recorded.program(), &mut dice).await;
    come_back(&mut recorded, folder, began, (temper.intent, &mut dice)).await;
    recorded.program().ledger.tally
}

/// The rate and burst of an account that throttles. Such a session has no other faults.
const fn throttled(seed: u64) -> Option<u32> {
    match seed % 12 {
        0 | 6 => Some(2),
        2 | 8 => Some(5),
        4 => Some(10),
        _ => None,
    }
}

/// Five of twelve users edit; one in five of their accounts throttles.
const fn intent(seed: u64) -> Intent {
    match seed % 12 {
        1 | 3 | 5 | 8 | 9 => Intent::Edit,
        _ => Intent::Assemble,
    }
}

fn some_launch(dice: &mut Dice) -> Launch {
    let group = dice.chance(70).then(|| {
        dice.one_of(&["alpha", "alpha", "alpha", "beta", "gamma"])
            .to_owned()
    });
    Launch {
        group,
        read_only: dice.chance(3),
        dry_run: dice.chance(3),
        is_sandbox: true,
        ..Launch::default()
    }
}

/// Kills the program and starts another one on the same account and files.
async fn restart(recorded: &mut Recorded<'_>, folder: &Path, launch: Launch, began: Instant) {
    recorded.program().set_disk_full(false).await;
    let (sandbox, mut ledger, trail) = recorded.program.take().unwrap().kill();
    ledger.tally.restarts += 1;
    let mut program = Program::start(sandbox, ledger, folder, launch, began);
    program.trail = trail;
    program.tell(|| "a new program".to_owned());
    recorded.program = Some(program);
}

async fn step(program: &mut Program, temper: &Temper, dice: &mut Dice) {
    if dice.chance(temper.faults) {
        something_breaks(program, dice);
    }
    // Slow enough that events can occur between two requests of a change.
    if temper.intent == Intent::Edit
        && program.session.app.screen().name() == "Review"
        && dice.chance(25)
    {
        let delay = dice.milliseconds(900);
        if !temper.throttles {
            program.session.sandbox().set_delay(delay);
        }
    }
    let open = program.session.app.session.work().and_then(Work::draft);
    let weight = if open.is_some_and(Draft::differs) {
        4
    } else {
        1
    };
    if dice.chance(weight * temper.others) {
        let made = world::someone_acts(program.session.sandbox(), open, dice);
        program.ledger.others_acted(program.session.sandbox());
        if let Some((group, version)) = made {
            program.ledger.someone_created(&group);
            program.tell(|| format!("someone creates {version} in {group}"));
        }
    }
    if dice.chance(temper.disk) {
        let is_full = !program.ledger.is_disk_full;
        program.set_disk_full(is_full).await;
    }
    if dice.chance(temper.vanishes) {
        program.feed(Event::Terminated);
    }
    if dice.chance(temper.holds) {
        program.hold();
    } else if dice.chance(20) {
        program.release(dice);
    }
    if program.is_editing() {
        edit(program, temper, dice).await;
        return;
    }
    // A button needs a pause before and after Enter.
    if temper.intent == Intent::Edit
        && program.session.app.screen().name() != "Assemble"
        && dice.chance(70)
    {
        program.wait(Duration::from_millis(350)).await;
    }
    let drawn = dice.below(100);
    match drawn {
        // A user with a goal is faster.
        0..=79 if drawn < 60 || temper.intent == Intent::Edit => {
            let event = person::act(&program.session.app, temper.intent, dice);
            program.feed(event);
        }
        60..=69 => program.take_one().await,
        70..=94 => program.wait(dice.milliseconds(700)).await,
        95..=98 => program.wait(dice.milliseconds(30_000)).await,
        _ => program.feed(if dice.chance(20) {
            Event::Terminated
        } else {
            Event::Ticked
        }),
    }
    if dice.chance(75) {
        program.wait(dice.milliseconds(400)).await;
    }
}

/// The editor uses the terminal for a time, and the network may be down when it ends.
async fn edit(program: &mut Program, temper: &Temper, dice: &mut Dice) {
    if dice.chance(temper.faults * 2) {
        program.tell(|| "the link drops while the editor is open".to_owned());
        program.session.sandbox().fail(None, 3, Fault::Unreachable);
        program.ledger.tally.edited_offline += 1;
    }
    program.wait(dice.milliseconds(2_000)).await;
    if dice.chance(85) {
        program.end_editing(dice);
    }
}

fn something_breaks(program: &mut Program, dice: &mut Dice) {
    let fault = match dice.below(22) {
        0 => Fault::Delay(dice.milliseconds(3_000)),
        1 => Fault::Delay(dice.milliseconds(60_000)),
        2 => Fault::Throttle,
        3 => Fault::ServerError,
        4 => Fault::Deny,
        5 => Fault::ExpiredToken,
        6 => Fault::Html,
        7 => Fault::HtmlNotFound,
        8 => Fault::Garbage,
        9 => Fault::Unreachable,
        10 => Fault::CutBefore,
        11 => Fault::CutAfter,
        12 => Fault::Hang,
        13 => Fault::ServerErrorAfter,
        14 => Fault::Huge(RESPONSE_LIMIT + 1),
        15 => Fault::ThrottleAfter,
        16 => Fault::GatewayThrottleAfter,
        17 => Fault::Empty,
        18 => Fault::EmptyAfter,
        19 => Fault::OtherGroup,
        20 => Fault::OtherGroupAfter,
        _ => Fault::HangAfter,
    };
    let draft = program.session.app.session.work().and_then(Work::draft);
    let written = draft.and_then(|draft| draft.to_create().next());
    let kind = dice.one_of(&DefinitionKind::ALL);
    let kind = written.map_or(kind, NewVersion::kind);
    // For new versions, the faults are at the requests that create them.
    let drawn = if written.is_some() && dice.chance(60) {
        dice.one_of(&[0, 15, 15, 15])
    } else {
        dice.below(22)
    };
    let operation = match drawn {
        0..=4 => Some(Operation::CreateGroupVersion),
        5 => Some(Operation::GetGroup),
        6 => Some(Operation::ListGroupVersions),
        7 => Some(Operation::GetGroupVersion),
        8 => Some(Operation::GetCallerIdentity),
        9 => Some(Operation::ListDefinitions(kind)),
        10 => Some(Operation::GetDefinitionVersion(kind)),
        11 => Some(Operation::CreateDeployment),
        12 => Some(Operation::ResetDeployments),
        13 => Some(Operation::GetDeploymentStatus),
        14 => Some(Operation::ListDeployments),
        15..=18 => Some(match written.map(|written| &written.target) {
            Some(DefinitionTarget::New(_)) => Operation::CreateDefinition(kind),
            Some(DefinitionTarget::Existing(_)) | None => Operation::CreateDefinitionVersion(kind),
        }),
        19 => Some(Operation::ListDefinitionVersions(kind)),
        20 => Some(Operation::GetDefinition(kind)),
        _ => None,
    };
    // For requests that may be repeated, most faults come after the effect.
    let is_sent_again = written.is_some() && drawn == 15;
    let fault = if is_sent_again && dice.chance(60) {
        dice.one_of(&AFTER).clone()
    } else {
        fault
    };
    let times = dice.weighted(&[(6, 1), (2, 2), (1, 6)]);
    program.tell(|| format!("ordered for {operation:?}: {times} x {fault:?}"));
    if dice.chance(30) {
        program.session.sandbox().set_delay(dice.milliseconds(900));
    }
    program.session.sandbox().fail(operation, times, fault);
}

/// Brings everything to rest: running work ends, and the screen is then correct.
async fn finish(program: &mut Program, dice: &mut Dice) {
    program.session.sandbox().clear_faults();
    program.session.sandbox().set_delay(Duration::ZERO);
    program.set_disk_full(false).await;
    program.release(dice);
    program.wait(Duration::from_secs(300)).await;
    program.judge_rest();
    program.feed(Event::Terminated);
    program.end().await;
}

/// Continues a started change without faults until its version is created.
async fn go_on(program: &mut Program, dice: &mut Dice) {
    for _ in 0..30 {
        let is_created = program
            .session
            .app
            .session
            .submissions()
            .created()
            .next()
            .is_some();
        if is_created || program.session.exit.is_some() {
            return;
        }
        let key = person::go_on(&program.session.app, dice);
        program.feed(Event::Key(key));
        program.wait(Duration::from_millis(450)).await;
    }
}

/// Starts further programs on the same files: every remaining draft is offered and resumed.
async fn come_back(
    recorded: &mut Recorded<'_>,
    folder: &Path,
    began: Instant,
    (intent, dice): (Intent, &mut Dice),
) {
    for group in recorded.program().ledger.left_behind() {
        let launch = Launch {
            group: Some(group.to_string()),
            is_sandbox: true,
            ..Launch::default()
        };
        restart(recorded, folder, launch, began).await;
        let program = recorded.program();
        program.wait(Duration::from_secs(20)).await;
        program.feed(Event::Key(person::key("<Enter>")));
        program.wait(Duration::from_millis(100)).await;
        program.ledger.is_resumed(&group, &program.session.app);
        assert_eq!(program.session.exit, None);
        if intent == Intent::Edit {
            go_on(program, dice).await;
        }
    }
}
