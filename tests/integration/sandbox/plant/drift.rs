//! The changes of lines over the years: one small change at a time.

use super::line::{End, Line};
use super::parts::{device, function, name_of, route};
use super::random::Random;

/// Changes one thing about the line, as a user on the shift would.
pub(super) fn change_one_thing(line: &mut Line, random: &mut Random) {
    match random.below(9) {
        0..=2 => release_a_function(line, random),
        3 => give_more_memory(line, random),
        4 => set_a_variable(line, random),
        5 => add_a_device(line, random),
        6 => change_a_log_level(line, random),
        7 => change_a_parameter(line, random),
        _ => train_a_model(line, random),
    }
}

/// A number is increased; an alias stays, so that only the variable shows the release.
fn release_a_function(line: &mut Line, random: &mut Random) {
    let own = line.functions.iter_mut();
    let mut own: Vec<_> = own
        .filter(|function| !function.name.starts_with("GG"))
        .collect();
    let chosen = random.below(own.len());
    let lambda = &mut *own[chosen];
    match lambda.qualifier.parse::<u32>() {
        Ok(number) => lambda.qualifier = (number + 1).to_string(),
        Err(_) => bump_variable(&mut lambda.variables, "RELEASE"),
    }
}

fn bump_variable(variables: &mut Vec<(&'static str, String)>, name: &'static str) {
    match variables.iter_mut().find(|(known, _)| *known == name) {
        Some((_, text)) => *text = (text.parse::<u32>().unwrap_or(0) + 1).to_string(),
        None => variables.push((name, "1".to_owned())),
    }
}

fn give_more_memory(line: &mut Line, random: &mut Random) {
    let chosen = random.below(line.functions.len());
    let lambda = &mut line.functions[chosen];
    match &mut lambda.memory {
        Some(memory) => *memory += 16_384,
        None => lambda.timeout += 5,
    }
}

fn set_a_variable(line: &mut Line, random: &mut Random) {
    let own = line.functions.iter_mut();
    let mut own: Vec<_> = own
        .filter(|function| !function.name.starts_with("GG"))
        .collect();
    let chosen = random.below(own.len());
    let name = random.one_of(&["RETRIES", "BATCH", "DEAD_BAND", "WARM_UP_SECONDS"]);
    bump_variable(&mut own[chosen].variables, name);
}

fn add_a_device(line: &mut Line, random: &mut Random) {
    let Some(slug) = line.core.strip_suffix("-core") else {
        return;
    };
    let word = random.one_of(&["gate", "scale", "lamp", "door", "panel"]);
    let name = format!("{slug}-{word}-{}", line.devices.len() + 1);
    let first = line.functions[0].name.clone();
    line.devices.push(name.clone());
    let topic = format!("{word}/state");
    line.routes
        .push(route(device(&name), &topic, function(&first)));
    line.routes.push(route(
        function(&first),
        &format!("{word}/set"),
        End::Device(name),
    ));
}

fn change_a_log_level(line: &mut Line, random: &mut Random) {
    let level = random.one_of(&["DEBUG", "INFO", "WARN", "ERROR"]);
    let Some(logger) = line.loggers.first_mut() else {
        return give_more_memory(line, random);
    };
    if logger.level == level {
        return give_more_memory(line, random);
    }
    logger.level = level;
}

fn change_a_parameter(line: &mut Line, random: &mut Random) {
    let mut parameters = line
        .connectors
        .iter_mut()
        .flat_map(|one| &mut one.parameters);
    match parameters
        .find(|(name, _)| matches!(*name, "PublishInterval" | "DeliveryStreamQueueSize"))
    {
        Some((_, text)) => *text = (text.parse::<u32>().unwrap() + 10).to_string(),
        None => set_a_variable(line, random),
    }
}

fn train_a_model(line: &mut Line, random: &mut Random) {
    let number = random.below(90) + 10;
    for resource in &mut line.resources {
        let s3 = resource
            .data
            .pointer_mut("/S3MachineLearningModelResourceData/S3Uri");
        if let Some(uri) = s3 {
            *uri = format!("s3://greengrass-plant-models/press/cam-v{number}.tar.gz").into();
            resource.name = name_of("model", &format!("press/cam-v{number}"));
            return;
        }
        let job = resource
            .data
            .pointer_mut("/SageMakerMachineLearningModelResourceData/SageMakerJobArn");
        if let Some(arn) = job {
            let job = format!("drift-2025-{number}");
            *arn = format!("arn:aws:sagemaker:eu-central-1:111122223333:training-job/{job}").into();
            resource.name = name_of("job", &job);
            return;
        }
    }
    release_a_function(line, random);
}
