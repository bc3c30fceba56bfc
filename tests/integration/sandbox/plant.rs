//! The generator of the demo account: a plant with lines that changed for more than two years.

mod drift;
mod edge_cases;
mod history;
mod ledger;
mod line;
mod lines;
mod parts;
mod random;

use std::sync::Arc;

use greengroup::domain::{AccountRole, DefinitionKind, Timestamp};
use greengroup::sandbox::{Account, account_file};

use history::History;
use ledger::Ledger;
use line::Line;
use random::Random;

const ASSET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo-account.json");

/// Set it to rewrite the file instead of comparing it.
const REGENERATE: &str = "GREENGROUP_REGENERATE_DEMO";

#[test]
fn demo_account_matches_its_generator() {
    let generated = account_file::write(&account());
    if std::env::var_os(REGENERATE).is_some() {
        std::fs::write(ASSET, generated).unwrap();
        return;
    }
    let asset = std::fs::read_to_string(ASSET).unwrap();
    assert!(
        asset == generated,
        "assets/demo-account.json is not what this generator makes; run this test with {REGENERATE}=1"
    );
}

fn account() -> Account {
    let mut ledger = Ledger::new();
    let loggers = edge_cases::shared_loggers(&mut ledger);
    for (name, start, line) in quiet_lines() {
        let shares = line.loggers.is_empty().then_some(&loggers);
        drifting_line(&mut ledger, (name, start), line, shares);
    }
    press_line_3(&mut ledger);
    edge_cases::two_groups_of_one_name(&mut ledger);
    edge_cases::unfinished_definitions(&mut ledger);
    edge_cases::camera_pool(&mut ledger);
    edge_cases::group_with_a_deleted_definition(&mut ledger);
    edge_cases::group_with_a_forgotten_subscription(&mut ledger);
    edge_cases::group_without_a_version(&mut ledger);
    let mut account = ledger.into_account();
    let role = |name: &str| AccountRole {
        role_arn: format!("arn:aws:iam::111122223333:role/{name}").into(),
        associated_at: "2024-02-05T09:40:00Z".into(),
    };
    account.set_service_role(Some(role("Greengrass_ServiceRole")));
    let groups = account.groups().iter();
    let groups: Vec<_> = groups
        .map(|group| Arc::clone(&group.metadata().id))
        .collect();
    for group in groups {
        account.set_group_role(&group, Some(role("GreengrassGroupRole")));
    }
    account
}

/// Name, first day and first state of the ordinary lines.
fn quiet_lines() -> Vec<(&'static str, &'static str, Line)> {
    vec![
        (
            "press-line-1",
            "2024-02-05",
            lines::press("press-line-1", true),
        ),
        (
            "press-line-2",
            "2024-02-26",
            lines::press("press-line-2", true),
        ),
        (
            "paint-shop",
            "2024-03-18",
            lines::process("paint-shop", &["viscosity", "humidity"]),
        ),
        (
            "cold-store",
            "2024-05-13",
            lines::process("cold-store", &["probe-1", "probe-2"]),
        ),
        (
            "energy-metering",
            "2024-07-01",
            lines::process("energy", &["meter-hall-1"]),
        ),
        (
            "warehouse-north",
            "2024-04-08",
            lines::logistics("north", 4),
        ),
        (
            "warehouse-south",
            "2024-04-15",
            lines::logistics("south", 3),
        ),
        (
            "packaging-a",
            "2024-10-21",
            lines::logistics("packaging-a", 2),
        ),
        (
            "weld-cell-7",
            "2025-01-13",
            lines::press("weld-cell-7", false),
        ),
        // Osaka press line; packing line; paint shop; Quebec dock with a combining accent.
        (
            "プレスライン大阪",
            "2024-08-12",
            lines::press("osaka-press", true),
        ),
        (
            "خط التعبئة",
            "2024-12-02",
            lines::logistics("cairo-packing", 2),
        ),
        (
            "Покрасочный цех",
            "2024-09-09",
            lines::process("tver-paint", &["humidity"]),
        ),
        (
            "que\u{301}bec-quai",
            "2025-04-07",
            lines::logistics("quebec-dock", 2),
        ),
    ]
}

/// A line with a small change every few weeks; most group versions were deployed.
fn drifting_line(
    ledger: &mut Ledger,
    (name, start): (&str, &str),
    mut line: Line,
    shared_loggers: Option<&Arc<str>>,
) {
    let mut random = Random::from_name(name);
    let mut time = at(&format!("{start}T08:00:00.000Z"));
    // Lines with common definitions were set up earlier, or waited for them.
    time = ledger::later(time, i64::try_from(random.below(7_000_000)).unwrap());
    let mut history = History::begin(ledger, name, time);
    ledger.tag_group(history.group, "site", "plant-1");
    if name == "paint-shop" {
        ledger.tag_group(history.group, "greengroup:core", "offline");
    }
    history.publish(ledger, &line, time);
    ledger.deploy(history.group, ledger::later(time, 600_000), "Success", None);
    let changes = 7 + random.below(5);
    for change in 1..=changes {
        time = after_some_weeks(time, &mut random);
        drift::change_one_thing(&mut line, &mut random);
        if change == 3 {
            history.shared[DefinitionKind::Logger] = shared_loggers
                .filter(|_| time > at("2024-09-04T00:00:00.000Z"))
                .cloned();
        }
        history.publish(ledger, &line, time);
        let is_last = change == changes;
        // Some of the last versions are not deployed, and one deployment is active.
        let status = match (is_last, name) {
            (true, "paint-shop") => "InProgress",
            (true, "press-line-2" | "warehouse-south" | "energy-metering") => continue,
            _ => "Success",
        };
        if is_last || random.below(4) > 0 {
            ledger.deploy(history.group, ledger::later(time, 900_000), status, None);
        }
    }
}

fn after_some_weeks(time: Timestamp, random: &mut Random) -> Timestamp {
    const DAY: i64 = 86_400_000;
    let days = 20 + i64::try_from(random.below(50)).unwrap();
    let within_the_day = i64::try_from(random.below(8 * 3_600_000)).unwrap();
    let midnight = (time.milliseconds() / DAY + days) * DAY;
    Timestamp::from_milliseconds(midnight + 7 * 3_600_000 + within_the_day)
}

/// The line of the pictures: its newest functions exist, but no group version uses them.
fn press_line_3(ledger: &mut Ledger) {
    let mut line = lines::press("press-line-3", false);
    let first = at("2024-03-11T09:05:00.000Z");
    let mut history = History::begin(ledger, "press-line-3", first);
    ledger.tag_group(history.group, "site", "plant-1");
    history.publish_as(ledger, &line, first, (prefix_of_the_first, ""));
    ledger.deploy(
        history.group,
        ledger::later(first, 300_000),
        "Success",
        None,
    );
    for (time, cam, agg) in [
        ("2024-09-16T07:50:00.000Z", "10", "5"),
        ("2025-01-21T10:12:00.000Z", "11", "6"),
        ("2025-06-30T13:37:00.000Z", "11", "7"),
    ] {
        cam.clone_into(&mut line.function("cam").qualifier);
        agg.clone_into(&mut line.function("agg").qualifier);
        history.publish(ledger, &line, at(time));
        ledger.deploy(
            history.group,
            ledger::later(at(time), 300_000),
            "Success",
            None,
        );
    }
    "12".clone_into(&mut line.function("cam").qualifier);
    "2".clone_into(&mut line.function("mix").qualifier);
    line.resources[0] = parts::s3_model("cam-model", "press/cam-v12");
    let base = at("2025-11-02T08:00:00.000Z");
    history.publish_as(ledger, &line, base, (prefix_of_the_base, "9f8e21c0"));
    ledger.deploy(history.group, ledger::later(base, 300_000), "Success", None);
    "13".clone_into(&mut line.function("cam").qualifier);
    let newest = at("2026-05-01T09:12:00.000Z");
    history.prepare(
        ledger,
        &line,
        newest,
        (DefinitionKind::Function, "88d2f00a"),
    );
    history.prepare(ledger, &line, newest, (DefinitionKind::Subscription, ""));
}

fn prefix_of_the_first(kind: DefinitionKind) -> &'static str {
    if kind == DefinitionKind::Core {
        "55aa01c2"
    } else {
        ""
    }
}

fn prefix_of_the_base(kind: DefinitionKind) -> &'static str {
    let known = [
        (DefinitionKind::Function, "71c0be11"),
        (DefinitionKind::Resource, "3c3c9e1f"),
        (DefinitionKind::Subscription, "0b1c44d0"),
    ];
    let mut known = known.into_iter();
    known
        .find(|(of_kind, _)| *of_kind == kind)
        .map_or("", |(_, prefix)| prefix)
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}
