/**
 * The same update as `engineUpdater` of libs/rl makes, in PyTorch: critic by the squared TD error against the target
 * networks, actor by the critic, a step of Adam each, soft updates. Takes its settings as JSON, prints a JSON object.
 */
export const PYTORCH_SCRIPT = `
import copy, ctypes, json, re, sys, time
import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)
settings = json.loads(sys.argv[1])
batch, updates = settings["batch"], settings["updates"]

def mlp(inputs, outputs):
    widths = [inputs, *settings["hidden"]]
    layers = [layer for i, o in zip(widths, widths[1:]) for layer in (nn.Linear(i, o), nn.Tanh())]
    return nn.Sequential(*layers, nn.Linear(widths[-1], outputs))

def median(work, repeats):
    for _ in range(repeats // 4): work()
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return sorted(times)[repeats // 2]

state_size, action_size = settings["stateSize"], settings["actionSize"]
states, actions = torch.rand(batch, state_size), torch.rand(batch, action_size)
rewards, next_states = torch.rand(batch, 1), torch.rand(batch, state_size)

class Learner:
    def __init__(self, adam):
        self.actor, self.critic = mlp(state_size, action_size), mlp(state_size + action_size, 1)
        self.actor_target, self.critic_target = copy.deepcopy(self.actor), copy.deepcopy(self.critic)
        rate = settings["learningRate"]
        self.optimisers = {net: torch.optim.Adam(net.parameters(), rate, **adam) for net in (self.actor, self.critic)}

    def value(self, critic, states, actions):
        return critic(torch.cat([states, actions], 1))

    def descend(self, net, loss):
        parameters = list(net.parameters())
        # Nothing but this network's gradients is computed.
        for parameter, gradient in zip(parameters, torch.autograd.grad(loss, parameters)):
            parameter.grad = gradient
        self.optimisers[net].step()

    def follow(self, target, online):
        rate = settings["softUpdateRate"]
        targets = list(target.parameters())
        torch._foreach_mul_(targets, 1 - rate)
        torch._foreach_add_(targets, list(online.parameters()), alpha=rate)

    def update(self):
        with torch.no_grad():
            values = self.value(self.critic_target, next_states, self.actor_target(next_states))
            returns = rewards + settings["discount"] * values
        self.descend(self.critic, (returns - self.value(self.critic, states, actions)).square().mean())
        self.descend(self.actor, -self.value(self.critic, states, self.actor(states)).mean())
        with torch.no_grad():
            self.follow(self.actor_target, self.actor)
            self.follow(self.critic_target, self.critic)

def fastest_adam():
    times = {}
    for name, options in {"loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}.items():
        try:
            times[name] = median(Learner(options).update, updates)
        except (TypeError, RuntimeError):
            pass  # not in this version, or not on a CPU
    return min(times.items(), key=lambda item: item[1])

def blas():
    try:
        with open("/proc/self/maps") as maps:
            libraries = set(re.findall(r"/\\S*(?:blas|mkl_core|mkl_rt|blis)\\S*\\.so\\S*", maps.read()))
    except OSError:
        libraries = set()
    for library in libraries:
        try:
            config = ctypes.CDLL(library).openblas_get_config
        except (OSError, AttributeError):
            continue
        config.restype = ctypes.c_char_p
        return " ".join(config().decode().split()[:2])
    if libraries: return " ".join(sorted(path.rsplit("/", 1)[-1] for path in libraries))
    built_with = re.search(r"BLAS_INFO=(\\w+)", torch.__config__.show())
    return f"BLAS: {built_with.group(1)}" if built_with else "unknown BLAS"

adam, update_seconds = fastest_adam()
learner, state = Learner({}), states[:1]
with torch.inference_mode():
    action_seconds = median(lambda: learner.actor(state), 10 * updates)
print(json.dumps({
    "name": f"PyTorch {torch.__version__}, {blas()}, {adam} Adam",
    "updateMs": update_seconds * 1e3,
    "actionUs": action_seconds * 1e6,
}))
`;
