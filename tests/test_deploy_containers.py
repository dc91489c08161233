"""The image, the compose file and the pods: made of the packages, run without rights."""

from __future__ import annotations

import re

import pytest
from deployed import PACKAGES, ROOT, containers, documents, of_kubernetes, service, text


@pytest.mark.parametrize("name", ["crawl", "backup", "maintain"])
def test_a_container_has_no_rights_but_to_its_volumes(name: str) -> None:
    one = service(name)
    rights = {key: one[key] for key in ("user", "read_only", "cap_drop", "security_opt")}
    assert rights == {
        "user": "10001",
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
    }
    assert set(one["volumes"]) <= {"archive:/data", "backups:/backups"}
    assert one.get("network_mode") == {"crawl": None}.get(name, "none")


def test_the_image_is_made_of_the_packages_and_runs_without_rights() -> None:
    lines = text("docker/Dockerfile").splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    ignored = text("docker/Dockerfile.dockerignore")
    let_in = set(re.findall(r"(?m)^!(\S+)", ignored))
    wanted = PACKAGES | {"pyproject.toml", "README.md", "LICENSE", "requirements.lock"}
    assert let_in == {name for names in copies for name in names} == wanted
    assert all((ROOT / name).exists() for name in let_in)
    order = [lines.index(line) for line in lines if line.startswith(("USER ", "HEALTHCHECK ", "ENTRYPOINT "))]
    assert order == sorted(order)
    assert lines[order[0]] == "USER 10001"


def test_a_pod_is_confined_and_mounts_what_there_is() -> None:
    pods, kept = of_kubernetes(), documents("kubernetes/bayegan.yaml")
    claims = {one["metadata"]["name"] for one in kept if one["kind"] == "PersistentVolumeClaim"}
    for pod in pods:
        volumes = {one["name"] for one in pod["volumes"]}
        wanted = {one["persistentVolumeClaim"]["claimName"] for one in pod["volumes"] if "persistentVolumeClaim" in one}
        assert wanted <= claims
        assert pod["securityContext"]["runAsNonRoot"] is True
        for one in containers(pod):
            assert {mount["name"] for mount in one["volumeMounts"]} <= volumes
            assert one["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
    jobs = [one["spec"] for one in kept if one["kind"] == "CronJob"]
    assert [(one["schedule"], one["timeZone"], one["concurrencyPolicy"]) for one in jobs] == [
        ("30 2 * * *", "Asia/Tehran", "Forbid"),
        ("30 8 * * *", "Asia/Tehran", "Forbid"),
    ]
