"""hello-kpm: an xApp without an SDK, in Python's standard library alone.

Hears KPMs of all slices, writes each as a line of JSON, keeps the latest in its shared data, counts them in a metric, and,
when its configuration has a quota, asks every node for it until it is acknowledged, and tells what came of it.
"""

import json
import os
import sys
import threading
import time

sys.dont_write_bytecode = True  # A package's files do not change.
from nats import Nats

NAME = "hello-kpm"
VERSION = "0.1.0"
REGISTER_SECONDS = 1
CANNOT_START = 78  # The RIC parks an xApp that ends with it, and shows its last line.
DEFAULTS = {"periodMs": 1000, "measurements": ["DRB.UEThpDl", "RRU.PrbUsedDl"], "quota": None}

INSTANCE = os.environ.get("RICOCHET_XAPP_INSTANCE", f"{NAME}-{os.getpid()}")


def log(message, level=30, **fields):
    """A line as those of other xApps: 30 is information, 40 a warning, 60 what it ends of."""
    line = {"level": level, "time": int(time.time() * 1000), "service": NAME, **fields, "msg": message}
    print(json.dumps(line), file=sys.stderr, flush=True)


def judged(config):
    """The configuration with its defaults. Raises ValueError that names what is wrong."""
    unknown = set(config) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such key; there are {', '.join(DEFAULTS)}")
    config = {**DEFAULTS, **config}
    if not isinstance(config["periodMs"], int) or config["periodMs"] < 10:
        raise ValueError(f"periodMs: expected an integer from 10 on, got {config['periodMs']!r}")
    quota = config["quota"]
    if quota is not None and not (isinstance(quota, dict) and {"sst", "minRatio"} <= set(quota)):
        raise ValueError('quota: expected {"sst": 1, "minRatio": 40}, say')
    return config


class HelloKpm:
    def __init__(self, url, config):
        self.config = config
        self.settled = 0
        self.sequence = 0
        self.asking = set()
        self.has_quota = set()
        self.draining = False
        self.registered = False
        self.up = False
        self.nats = Nats(url, self.connection_changed)
        for subject, handler in {
            f"indication.{INSTANCE}": self.indicated,
            f"config.{INSTANCE}": self.configured,
            f"drain.{INSTANCE}": self.drained,
            "effect": self.took_effect,
            "conflict": self.conflicted,
            "subscription": self.noticed,
        }.items():
            self.nats.subscribe(self.subject(subject), handler)

    @staticmethod
    def subject(what):
        return f"ric.xapp.{NAME}.{what}"

    def run(self):
        threading.Thread(target=self.beat, daemon=True).start()
        self.nats.run()

    def connection_changed(self, up, reason):
        if up != self.up or not up:
            log("NATS is there" if up else f"NATS: {reason}; trying again", 30 if up else 40)
        self.up = up
        self.registered = self.registered and up
        if not up:
            self.asking.clear()  # Their answers will not come.
        if up:
            self.register()

    def beat(self):
        """Registering is the sign of life, too; metrics go with it."""
        while not self.draining:
            time.sleep(REGISTER_SECONDS)
            if self.up and not self.draining:
                self.register()
                count = {"kind": "counter", "name": "reports_total", "help": "Reports seen", "value": self.settled}
                self.nats.publish(self.subject("metrics"), {"instance": INSTANCE, "metrics": [count]})

    def register(self):
        wanted = {"name": "slices", "level": "slice"}
        wanted |= {key: self.config[key] for key in ("periodMs", "measurements")}
        registration = {"version": VERSION, "instance": INSTANCE, "subscriptions": [wanted], "policyTypes": []}
        self.nats.request(self.subject("register"), {**registration, "effects": True}, self.accepted)

    def accepted(self, answer):
        if "error" in answer:
            log(f"not registered: {answer['error']['message']}", 40)
        elif not self.registered:
            self.registered = True
            log("registered with the Near-RT RIC")

    def indicated(self, indication, *_):
        report = indication["report"]
        node = report["nodeId"]
        if indication["missed"]:
            log(f"{indication['missed']} reports are missing", 40, node=node)
        kpms = {str(row["snssai"]["sst"]): dict(zip(report["measurements"], row["values"])) for row in report["rows"]}
        for slice_name, values in kpms.items():
            log("kpm", node=node, timeMs=report["timeMs"], slice=slice_name, **values)
        self.keep(f"latest/{node}", {"timeMs": report["timeMs"], "slices": kpms})
        if self.config["quota"] and node not in self.asking | self.has_quota:
            self.ask(node, indication.get("callProcessId"))
        # In lockstep simulation time waits for this; in real time it tells the RIC that we are not behind.
        self.settled += 1
        self.nats.publish(self.subject("settled"), {"instance": INSTANCE, "count": self.settled})

    def ask(self, node, call_process_id):
        self.asking.add(node)
        self.sequence += 1
        ratio = {"snssai": {"sst": self.config["quota"]["sst"]}, "minRatio": self.config["quota"]["minRatio"]}
        control = {"kind": "slice-quota", "ratios": [{**ratio, "maxRatio": 100, "dedicatedRatio": 0}]}
        request = {"instance": INSTANCE, "sequence": self.sequence, "nodeId": node, "control": control}
        if call_process_id is not None:
            request["callProcessId"] = call_process_id
        self.nats.request(self.subject("control"), request, lambda answer: self.answered(node, answer))

    def answered(self, node, answer):
        """Where it was not acknowledged, the node's next report is the next chance."""
        log("control", node=node, **answer)
        self.asking.discard(node)
        if answer.get("outcome") == "acknowledged":
            self.has_quota.add(node)

    def took_effect(self, effect, *_):
        fields = {key: effect.get(key) for key in ("effective", "cause", "reason", "delayMs", "shares")}
        log("effect", node=effect["nodeId"], controlId=effect["controlId"], **fields)
        self.keep(f"effect/{effect['nodeId']}", {"effective": effect["effective"], "cause": effect.get("cause")})

    def keep(self, key, value):
        def kept(answer):
            if "error" in answer:
                log(f"{key} is not kept: {answer['error']['message']}", 40)

        self.nats.request(self.subject("data.set"), {"namespace": NAME, "key": key, "value": value}, kept)

    def conflicted(self, conflict, *_):
        log(f"conflict with {conflict['with']}, {conflict['outcome']}: {conflict['reason']}", 40)

    def noticed(self, notice, *_):
        log(f"subscription {notice['state']}", node=notice["nodeId"], cause=notice.get("cause"))

    def configured(self, request, _subject, reply):
        try:
            self.config = judged(request["config"])
        except ValueError as error:
            self.nats.publish(reply, {"error": {"message": str(error)}})
            return
        self.has_quota.clear()
        log("works by another configuration", **self.config)
        self.nats.publish(reply, {"value": {"applied": True}})
        self.register()

    def drained(self, _request, _subject, reply):
        """All that came before has been handled, as messages are handled one after the other."""
        self.draining = True
        log(f"drained after {self.settled} reports")
        self.nats.publish(reply, {"value": {"settled": self.settled}})


def end_with_parent():
    """Standard input ends with the RIC, however that ends."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    try:
        hello = HelloKpm(os.environ["RICOCHET_NATS_URL"], judged(json.loads(os.environ.get("RICOCHET_XAPP_CONFIG", "{}"))))
    except (ValueError, KeyError) as error:
        log(str(error), 60)
        sys.exit(CANNOT_START)
    threading.Thread(target=end_with_parent, daemon=True).start()
    hello.run()
