#!/usr/bin/env bash
#SBATCH --job-name=minutes
#SBATCH --ntasks=33
#SBATCH --cpus-per-task=1
#SBATCH --mem-per-cpu=2G
#SBATCH --time=12:00:00
# One task is the scheduler, the others are workers; the run itself writes from the first node.
# MINUTES: the folder of documents on shared storage. DATABASE: postgresql://… that the first node reaches.
set -euo pipefail
export DASK_DISTRIBUTED__WORKER__DAEMON=False
place=$SLURM_SUBMIT_DIR/scheduler-$SLURM_JOB_ID.json
srun --ntasks=1 --exact dask scheduler --no-dashboard --scheduler-file "$place" &
until [ -s "$place" ]; do sleep 1; done
srun --ntasks=$((SLURM_NTASKS - 1)) --exact \
    dask worker --scheduler-file "$place" --nworkers 1 --nthreads 1 --no-dashboard --local-directory "${TMPDIR:-.}" &
address=$(python -c 'import json, sys; print(json.load(open(sys.argv[1]))["address"])' "$place")
minutes-miner mine "$MINUTES" --cluster "$address" --db "$DATABASE" --report "run-$SLURM_JOB_ID.html"
