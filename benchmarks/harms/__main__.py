"""`make bench-harms`: every harm, one after the other; fails where one is past its bar."""

import subprocess
import sys

HARMS = ("answers", "danger", "costly_texts", "postmaster")


def main() -> None:
    failed = []
    for harm in HARMS:
        print(f"\n{harm}", flush=True)
        done = subprocess.run([sys.executable, "-m", f"benchmarks.harms.{harm}"], check=False)
        failed += [harm] if done.returncode else []
    if failed:
        sys.exit(f"past its bar: {', '.join(failed)}")


if __name__ == "__main__":
    main()
