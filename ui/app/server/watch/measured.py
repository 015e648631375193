"""What /metrics tells, and where each number comes from."""

from ui.activations.held import files
from ui.app.server.bounds.places import Places
from ui.app.server.watch.metrics import Gauge
from ui.app.server.watch.process import memory, most_files, open_files
from ui.app.server.watch.times import Times
from ui.hall.server.hall import Hall
from ui.jobs.job_queue import job_queue


def gauges(places: Places, times: Times, hall: Hall) -> tuple[Gauge, ...]:
    """Every gauge of this server."""
    return (
        Gauge("norms_sessions", "Pages that are open.", lambda: places.taken),
        Gauge("norms_sessions_most", "Pages that may be open.", lambda: places.most),
        Gauge("norms_full", "1 while a further page would be refused.", lambda: places.full),
        Gauge(
            "norms_answers_refused_total",
            "Questions of moving sliders that were too many.",
            lambda: times.refused,
        ),
        Gauge("norms_training_jobs", "Trainings that wait or run.", lambda: job_queue().n_jobs),
        Gauge("norms_rooms", "Rooms that somebody looks at here.", lambda: hall.n_rooms),
        Gauge("norms_phones", "Phones that look at a room here.", lambda: hall.n_phones),
        Gauge("norms_files", "Visitors' files that are held.", lambda: len(files.owners())),
        Gauge("norms_file_bytes", "Memory that they take.", lambda: files.bytes),
        Gauge("process_resident_memory_bytes", "Memory held.", memory),
        Gauge("process_open_fds", "File descriptors that are open.", open_files),
        Gauge("process_max_fds", "File descriptors that may be open.", most_files),
    )
