//! Rules on cores and devices.

use super::endpoint::{is_certificate, thing_name};
use super::group::CheckedGroup;
use super::grouped::repeated;
use super::rule::{Rule, RuleReport};
use crate::domain::content::{Thing, endpoint_name};
use crate::domain::kind::DefinitionKind::{self, Core, Device};

pub(super) const RULES: &[Rule] = &[
    Rule::blocks("one-core", one_core)
        .needing(&[Core])
        .source("DG deployments:187; what-is-gg:338; CFN CoreDefinitionVersion"),
    Rule::blocks("thing-arn", thing_arn).source("BC Core, Device"),
    Rule::blocks("certificate-arn", certificate_arn).source("BC Core, Device"),
    Rule::blocks("core-thing-name", core_thing_name)
        .needing(&[Core])
        .source("QR"),
    Rule::likely("device-is-core", device_is_core)
        .needing(&[Device, Core])
        .source("no source: a thing has one role in a group"),
    Rule::note("device-core-certificate", core_certificate)
        .needing(&[Device, Core])
        .source("no source: a certificate belongs to one thing as a rule"),
    Rule::likely("device-twice", device_twice)
        .needing(&[Device])
        .source("no source: the second adds nothing"),
];

const MAX_CORE_THING_NAME_BYTES: usize = 124;

fn one_core(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let cores = group.cores();
    let message = match cores.len() {
        1 => return,
        0 => "the group has no core".to_owned(),
        count => format!("the group has {count} cores"),
    };
    report.add(
        cores.iter().map(|core| &*core.id),
        message,
        "pick a core version that holds exactly one core",
    );
}

/// The things of both slots: the rules on ARNs are the same for cores and devices.
fn things<'a>(group: &CheckedGroup<'a>) -> impl Iterator<Item = (DefinitionKind, &'a Thing)> {
    let cores = group.cores().iter().map(|thing| (Core, thing));
    cores.chain(group.devices().iter().map(|thing| (Device, thing)))
}

fn thing_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (kind, thing) in things(group) {
        let problem = match thing.thing_arn.as_deref() {
            Some(arn) if thing_name(arn).is_some() => continue,
            Some(arn) => format!("names {arn:?}, which is not the ARN of a thing"),
            None => "has no ThingArn".to_owned(),
        };
        let message = format!("{kind} {} {problem}", thing.id);
        let fix = format!("pick a {kind} version whose items name things");
        report.add_to(&[kind], [&*thing.id], message, fix);
    }
}

fn certificate_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (kind, thing) in things(group) {
        let problem = match thing.certificate_arn.as_deref() {
            Some(arn) if is_certificate(arn) => continue,
            Some(arn) => format!("names {arn:?}, which is not the ARN of a certificate"),
            None => "has no CertificateArn".to_owned(),
        };
        let message = format!("{kind} {} {problem}", thing.id);
        let fix = format!("pick a {kind} version whose items name their certificates");
        report.add_to(&[kind], [&*thing.id], message, fix);
    }
}

fn core_thing_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for core in group.cores() {
        let name = core.thing_arn.as_deref().and_then(thing_name);
        if let Some(name) = name.filter(|name| name.len() > MAX_CORE_THING_NAME_BYTES) {
            let bytes = name.len();
            let message = format!(
                "the core's thing name has {bytes} bytes; the limit is \
                 {MAX_CORE_THING_NAME_BYTES}: {name}"
            );
            report.add(
                [&*core.id],
                message,
                "pick a core whose thing has a shorter name",
            );
        }
    }
}

fn device_is_core(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for device in group.devices() {
        let is_it = |core: &Thing| core.thing_arn == device.thing_arn;
        if device.thing_arn.is_some() && group.cores().iter().any(is_it) {
            report.add_on(
                device,
                "is the core of the group and a device of it",
                "pick a device version without the core's thing",
            );
        }
    }
}

fn device_twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let devices = group.devices().iter();
    let things = devices.filter_map(|device| Some((device.thing_arn.as_deref()?, &*device.id)));
    for (arn, ids) in repeated(things) {
        let (name, count) = (endpoint_name(Some(arn), ""), ids.len());
        report.add(
            ids,
            format!("{name} is a device of the group {count} times"),
            "pick a device version that has the thing once",
        );
    }
}

fn core_certificate(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for device in group.devices() {
        let has_it = |core: &Thing| core.certificate_arn == device.certificate_arn;
        let is_its_own = |core: &Thing| core.thing_arn == device.thing_arn;
        let mut cores = group.cores().iter();
        if device.certificate_arn.is_some() && cores.any(|core| has_it(core) && !is_its_own(core)) {
            let id = &*device.id;
            report.add(
                [id],
                format!("device {id} has the certificate of the core"),
                "pick a device version with the device's own certificate",
            );
        }
    }
}
