"""Review on a real cluster of two machines, kill one of them midway, and tell what happened: a program, not a test.

    python cluster_trial.py FOLDER EXAMPLES CONTEXT SOURCE...

Ray's own `Cluster` starts the machines as processes of their own on loopback, each with its own store of objects.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

from reviewer.okr import Context
from reviewer.quarterly.ray_engine import RayRun

_STORE = 150 * 1024 * 1024
_QUICK = {"health_check_initial_delay_ms": 1_000, "health_check_period_ms": 1_000, "health_check_failure_threshold": 3}
"""How soon the cluster sees that a machine is gone: in seconds, where it takes its time otherwise."""


def main(folder: str, examples: str, context: str, *sources: str) -> None:
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 0, "include_dashboard": False, "object_store_memory": _STORE, "_system_config": _QUICK},
        shutdown_at_exit=True,
    )
    machines = [cluster.add_node(num_cpus=1, include_dashboard=False, object_store_memory=_STORE) for _ in range(2)]
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    run = RayRun(Path(folder), Context.model_validate_json(context), examples=int(examples))
    killed: dict[str, object] = {}
    done: list[int] = [0]

    def kill_one() -> None:
        """Kill the second machine while both are at work on OKRs: a task that reviews takes the whole of a machine's one core."""
        while ray.available_resources().get("CPU", 0.0) > 0.5:
            time.sleep(0.1)
        after = done[0]
        cluster.remove_node(machines[1], allow_graceful=False)
        killed.update(machine=machines[1].node_id, after=after, gone=not machines[1].any_processes_alive())

    killer = threading.Thread(target=kill_one, daemon=True)
    killer.start()
    run.go(list(sources), lambda progress: done.__setitem__(0, progress.done))
    killer.join(1.0)
    print(json.dumps({"killed": killed, "machines": run.machines, "count": run.kept()}), flush=True)
    run.close()
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
