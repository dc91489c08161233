"""A nightly crawl under Airflow: put it into the folder of DAGs. Needs bayegan in an environment of its own.

Airflow and Scrapy ask for different versions of the same libraries: bayegan is run as a command, not imported.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

BAYEGAN = "/opt/bayegan/bin/bayegan"
SETTINGS = {"BAYEGAN_CONFIG": "/etc/bayegan/bayegan.toml"}
HELD_BY_ANOTHER_RUN = 75

with DAG(
    dag_id="bayegan_nightly",
    description="Crawl Persian news agencies, back their archive up, keep it in order, and say how they are",
    schedule="30 2 * * *",
    start_date=datetime(2026, 1, 1, tzinfo=ZoneInfo("Asia/Tehran")),
    catchup=False,  # a crawl without dates fetches what earlier nights left
    max_active_runs=1,
    default_args={"env": SETTINGS, "append_env": True, "retries": 0},
) as dag:
    crawl = BashOperator(
        task_id="crawl",
        bash_command=f"{BAYEGAN} crawl --all --log json",
        skip_on_exit_code=HELD_BY_ANOTHER_RUN,
        execution_timeout=timedelta(hours=6),
    )
    # However the crawl ended: the archive is backed up, and the agencies are looked at.
    backup = BashOperator(
        task_id="backup", bash_command=f"{BAYEGAN} backup /var/backups/bayegan --keep 14", trigger_rule="all_done"
    )
    maintain = BashOperator(task_id="maintain", bash_command=f"{BAYEGAN} maintain")
    doctor = BashOperator(task_id="doctor", bash_command=f"{BAYEGAN} doctor", trigger_rule="all_done")
    crawl >> backup >> maintain
    crawl >> doctor
