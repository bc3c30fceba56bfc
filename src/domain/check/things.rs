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
        let arn = thing.thing_arn.as_deref();
        if arn.and_then(thing_name).is_none() {
            report.add_to(
                &[kind],
                [&*thing.id],
                match arn {
                    Some(arn) => format!(
                        "{kind} {} names {arn:?}, which is not the ARN of a thing",
                        thing.id
                    ),
                    None => format!("{kind} {} has no ThingArn", thing.id),
                },
                format!("pick a {kind} version whose items name things"),
            );
        }
    }
}

fn certificate_arn(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for (kind, thing) in things(group) {
        let arn = thing.certificate_arn.as_deref();
        if !arn.is_some_and(is_certificate) {
            report.add_to(
                &[kind],
                [&*thing.id],
                match arn {
                    Some(arn) => format!(
                        "{kind} {} names {arn:?}, which is not the ARN of a certificate",
                        thing.id
                    ),
                    None => format!("{kind} {} has no CertificateArn", thing.id),
                },
                format!("pick a {kind} version whose items name their certificates"),
            );
        }
    }
}

fn core_thing_name(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for core in group.cores() {
        let name = core.thing_arn.as_deref().and_then(thing_name);
        let Some(name) = name.filter(|name| name.len() > MAX_CORE_THING_NAME_BYTES) else {
            continue;
        };
        report.add(
            [&*core.id],
            format!(
                "the core's thing name has {} bytes; the limit is {MAX_CORE_THING_NAME_BYTES}: \
                 {name}",
                name.len()
            ),
            "pick a core whose thing has a shorter name",
        );
    }
}

fn device_is_core(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for device in group.devices() {
        let Some(arn) = device.thing_arn.as_deref() else {
            continue;
        };
        if group
            .cores()
            .iter()
            .any(|core| core.thing_arn.as_deref() == Some(arn))
        {
            report.add(
                [&*device.id],
                format!(
                    "{} is the core of the group and a device of it",
                    endpoint_name(Some(arn), "")
                ),
                "pick a device version without the core's thing",
            );
        }
    }
}

fn device_twice(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    let things = group
        .devices()
        .iter()
        .filter_map(|device| Some((device.thing_arn.as_deref()?, &*device.id)));
    for (arn, ids) in repeated(things) {
        let message = format!(
            "{} is a device of the group {} times",
            endpoint_name(Some(arn), ""),
            ids.len()
        );
        report.add(
            ids,
            message,
            "pick a device version that has the thing once",
        );
    }
}

fn core_certificate(group: &CheckedGroup<'_>, report: &mut RuleReport<'_>) {
    for device in group.devices() {
        let Some(certificate) = &device.certificate_arn else {
            continue;
        };
        let mut cores = group.cores().iter();
        let is_its_own = |core: &Thing| core.thing_arn == device.thing_arn;
        let has_it = |core: &Thing| core.certificate_arn.as_ref() == Some(certificate);
        if cores.any(|core| has_it(core) && !is_its_own(core)) {
            report.add(
                [&*device.id],
                format!("device {} has the certificate of the core", device.id),
                "pick a device version with the device's own certificate",
            );
        }
    }
}
