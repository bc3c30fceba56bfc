//! The initial lines of the plant.

use super::line::{End, Line};
use super::parts::{
    device, device_file, firehose, function, ip_detector, lambda, log_to_cloud, log_to_disk,
    metrics, modbus, route, s3_model, sage_maker_model, secret, stream_manager, to_connector,
    twilio, volume,
};

/// A press with cameras above its die and a force sensor at each column.
pub(super) fn press(slug: &str, with_sensors: bool) -> Line {
    let name = |part: &str| format!("{slug}-{part}");
    let mut line = Line {
        core: name("core"),
        functions: vec![
            lambda("cam", "9")
                .with_memory(262_144)
                .with_access("cam-model", "ro")
                .with_access("frames", "rw")
                .with_access("camera", "rw")
                .with_variable("FRAMES_PER_SECOND", "12"),
            lambda("agg", "5").with_variable("WINDOW_SECONDS", "30"),
            lambda("mix", "1").on_demand(5).with_variable("LINE", slug),
        ],
        resources: vec![
            s3_model("cam-model", "press/cam-v9"),
            volume("frames", "/srv/press/frames"),
            device_file("camera", "/dev/video0"),
        ],
        routes: vec![
            route(function("cam"), "press/die/finding", function("agg")),
            route(function("agg"), "press/die/summary", function("mix")),
            route(function("mix"), "press/report", End::Cloud),
            route(End::Cloud, "press/command/#", function("mix")),
        ],
        loggers: vec![
            log_to_disk("GreengrassSystem", "INFO", 10_240),
            log_to_disk("Lambda", "INFO", 20_480),
        ],
        ..Line::default()
    };
    if with_sensors {
        let (left, right) = (name("force-left"), name("force-right"));
        for sensor in [&left, &right] {
            let from_sensor = route(device(sensor), "press/force", function("agg"));
            line.routes.push(from_sensor);
        }
        line.devices = vec![left, right];
        line.connectors = vec![metrics()];
        let count = route(
            function("agg"),
            "cloudwatch/metric/put",
            to_connector("metrics"),
        );
        line.routes.push(count);
    }
    line
}

/// A process with set points: pumps, valves and probes on a serial bus.
pub(super) fn process(slug: &str, probes: &[&str]) -> Line {
    let control = format!("{slug}-control");
    let names: Vec<String> = probes
        .iter()
        .map(|probe| format!("{slug}-{probe}"))
        .collect();
    let mut routes = vec![
        route(
            function(&control),
            "modbus/adapter/request",
            to_connector("modbus"),
        ),
        route(
            to_connector("modbus"),
            "modbus/adapter/response/#",
            function(&control),
        ),
        route(function(&control), "process/state", End::Cloud),
        route(
            function(&control),
            "$aws/things/+/shadow/update",
            End::Shadow,
        ),
        route(
            End::Shadow,
            "$aws/things/+/shadow/update/delta",
            function(&control),
        ),
    ];
    let readings = names.iter();
    routes.extend(readings.map(|name| route(device(name), "process/reading", function(&control))));
    Line {
        core: format!("{slug}-core"),
        functions: vec![
            lambda(&control, "3")
                .with_access("model", "ro")
                .with_access("recipes", "ro")
                .with_variable("SET_POINT", "72"),
            stream_manager(),
        ],
        connectors: vec![modbus("/dev/ttyUSB0", "serial-bus")],
        resources: vec![
            device_file("serial-bus", "/dev/ttyUSB0"),
            sage_maker_model("model", &format!("{slug}-drift-2024-01")),
            volume("recipes", "/srv/process/recipes"),
        ],
        devices: names,
        routes,
        loggers: vec![
            log_to_cloud("GreengrassSystem", "WARN"),
            log_to_cloud("Lambda", "INFO"),
        ],
    }
}

/// Scanners, gates and labels: much traffic, little memory, text messages to the shift.
pub(super) fn logistics(slug: &str, scanners: usize) -> Line {
    let names: Vec<String> = (1..=scanners)
        .map(|number| format!("{slug}-scanner-{number:02}"))
        .collect();
    let mut routes = vec![
        route(
            function("tracker"),
            "kinesisfirehose/message",
            to_connector("firehose"),
        ),
        route(function("tracker"), "goods/lost", function("alarm")),
        route(function("alarm"), "twilio/txt", to_connector("twilio")),
        route(to_connector("twilio"), "twilio/message/status", End::Cloud),
        route(End::Cloud, "goods/orders/+", function("tracker")),
    ];
    let scans = names.iter();
    routes.extend(scans.map(|name| route(device(name), "goods/scan", function("tracker"))));
    Line {
        core: format!("{slug}-core"),
        functions: vec![
            lambda("tracker", "PROD")
                .with_access("ledger", "rw")
                .with_variable("SITE", slug),
            lambda("alarm", "PROD")
                .on_demand(15)
                .with_variable("SHIFT", "early"),
            lambda("label-agent", "4").without_container(),
            ip_detector(),
        ],
        connectors: vec![
            firehose(&format!("{slug}-goods")),
            twilio("shift-sms", "sms-token"),
        ],
        resources: vec![
            volume("ledger", "/srv/goods/ledger"),
            secret("sms-token", "shift-sms"),
        ],
        devices: names,
        routes,
        loggers: Vec::new(),
    }
}
