"""Tasks as another process runs them: work done, work in all, the result so far."""

from dataclasses import replace

from bn_core.training import experiments
from bn_core.training.experiments import PRETRAINED, SHALLOW
from bn_core.training.history import Record

SEEDS = (0, 1, 2)


def test_the_network_to_be_tuned_is_trained_once() -> None:
    (task,) = experiments.fine_tuning(replace(PRETRAINED, steps=2), SEEDS)
    done = [done for done, _, _ in task.reports()]
    assert done == list(range(1, 2 + 6 * experiments.TUNING_STEPS + 1))


def test_the_result_so_far_grows_with_the_tunings_that_have_begun() -> None:
    (task,) = experiments.fine_tuning(replace(PRETRAINED, steps=2), SEEDS)
    begun = [len(result()) for done, _, result in task.reports() if done in (1, 3, 2 + 301)]
    assert begun == [0, 1, 2]


def test_a_forgotten_eval_is_reported_for_each_test_batch_and_seed() -> None:
    (task,) = experiments.forgotten_eval(replace(SHALLOW, steps=2), SEEDS)
    *_, (done, total, result) = task.reports()
    report = result()
    assert (done, total) == (2, 2)
    assert report.running.shape == report.sorted_by_class.shape == (3,)
    assert report.forgotten.shape == report.afterwards.shape == (len(report.test_batches), 3)
    assert report.sorted_afterwards.shape == (3,)


def test_more_work_weighs_more() -> None:
    light, heavy = (
        experiments.train_each(replace(SHALLOW, steps=steps), ("batch",), SEEDS, Record(1))[0]
        for steps in (5, 50)
    )
    assert heavy.weight == 10 * light.weight
