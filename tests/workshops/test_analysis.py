import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.people import close, compute, make_workshop, rate
from workshops import jobs
from workshops.models import Analysis, Finding, Job

# Eleven people: five say low, six say high, nobody between.
SPLIT = [1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5]
AGREED = [5, 5, 5, 4, 5, 5, 5, 4, 5, 5, 5]


def test_a_split_and_an_agreement_become_findings_in_the_order_of_what_to_talk_about(workshop):
    rate(workshop, {"i000": AGREED, "i001": SPLIT})

    analysis = compute(workshop)

    found = list(analysis.findings.values_list("kind", "item__key", "tier"))
    assert found == [("split", "i001", "likely"), ("consensus", "i000", "likely")]
    assert analysis.findings.get(kind="split").numbers["low"] == 5


def test_computing_the_same_answers_twice_stores_one_analysis(workshop):
    rate(workshop, {"i000": SPLIT})

    first = compute(workshop)
    second = compute(workshop)

    assert first == second
    assert Analysis.objects.count() == 1
    assert list(Job.objects.order_by("pk").values_list("made_anew", flat=True)) == [True, False]


def test_another_role_makes_another_analysis_and_the_first_one_stays(workshop):
    rate(workshop, {"i000": SPLIT})
    first = compute(workshop)

    workshop.participants.filter(key="p000").update(role=workshop.team.roles.get(key="sales"))
    second = compute(workshop)

    assert second != first
    assert set(workshop.analyses.all()) == {first, second}


def test_closing_the_rating_asks_for_the_findings_once(workshop):
    round_ = workshop.rounds.get()

    closed = [jobs.close_round(round_), jobs.close_round(round_)]

    round_.refresh_from_db()
    assert closed == [True, False]
    assert round_.closed_at is not None
    assert list(workshop.jobs.values_list("kind", "state")) == [("analysis", "waiting")]


def test_the_result_before_stays_until_the_new_one_is_whole(workshop, monkeypatch):
    rate(workshop, {"i000": SPLIT})
    before = compute(workshop)
    workshop.participants.filter(key="p000").update(role=workshop.team.roles.get(key="sales"))
    seen = []

    def store(analysis, findings, texts):
        workshop.refresh_from_db()
        seen.append(workshop.current_analysis)
        raise RuntimeError

    monkeypatch.setattr("workshops.analysis._store", store)
    jobs.run(jobs.request_analysis(workshop).pk)

    workshop.refresh_from_db()
    assert seen == [before]
    assert workshop.current_analysis == before
    assert list(workshop.analyses.all()) == [before]


def test_a_doubled_message_finds_its_work_done(workshop):
    rate(workshop, {"i000": SPLIT})
    job = jobs.request_analysis(workshop)

    jobs.run(job.pk)
    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_asking_again_while_a_request_waits_is_the_same_request(workshop):
    first = jobs.request_analysis(workshop)

    second = jobs.request_analysis(workshop)

    assert first == second
    assert Job.objects.count() == 1


def test_a_request_made_while_the_job_runs_is_done_after_it(workshop):
    first = jobs.request_analysis(workshop)
    first.claim()

    second = jobs.request_analysis(workshop)

    assert second != first


def test_without_a_closed_round_the_job_says_so_and_keeps_the_result_before(team):
    workshop = make_workshop(team)
    job = jobs.request_analysis(workshop)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "There is nothing to compute: no rating round is closed yet.")
    assert not Analysis.objects.exists()


def test_a_round_that_nobody_answered_makes_no_analysis(workshop):
    close(workshop)
    job = jobs.request_analysis(workshop)

    jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "There is nothing to compute: nobody has answered yet.")


def test_an_error_in_the_engine_is_tried_again_and_the_result_before_stays(workshop, monkeypatch):
    rate(workshop, {"i000": SPLIT})
    before = compute(workshop)
    monkeypatch.setattr("workshops.analysis.analyse", lambda *args, **options: 1 / 0)
    job = jobs.request_analysis(workshop)

    jobs.run(job.pk)

    job.refresh_from_db()
    workshop.refresh_from_db()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert job.error == "The computation stopped with an error. The operator finds it in the log."
    assert workshop.current_analysis == before


def test_after_five_errors_the_job_has_failed_for_good(workshop, monkeypatch):
    rate(workshop, {"i000": SPLIT})
    monkeypatch.setattr("workshops.analysis.analyse", lambda *args, **options: 1 / 0)
    job = jobs.request_analysis(workshop)

    for _ in range(7):
        jobs.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 5)


def test_a_job_of_a_dead_worker_is_sent_again_and_taken_up(workshop, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "send", lambda job_id: sent.append(job_id) or True)
    rate(workshop, {"i000": SPLIT})
    job = jobs.request_analysis(workshop)
    job.claim()
    jobs.sweep()
    assert sent == []  # the lease of the worker still holds

    Job.objects.update(lease_until=timezone.now())
    jobs.sweep()
    jobs.run(job.pk)

    job.refresh_from_db()
    assert sent == [job.pk]
    assert (job.state, job.attempts) == ("done", 2)


def test_only_one_of_two_workers_gets_a_job(workshop):
    job = jobs.request_analysis(workshop)

    taken = [job.claim(), Job.objects.get(pk=job.pk).claim()]

    assert taken == [True, False]


@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
@pytest.mark.parametrize("model", [Analysis, Finding])
def test_an_analysis_never_changes(workshop, model, statement):
    rate(workshop, {"i000": SPLIT})
    compute(workshop)

    with pytest.raises(IntegrityError, match="it never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))

    assert model.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_analysis(team):
    workshop = make_workshop(team)
    rate(workshop, {"i000": SPLIT})
    made = [Job.objects.create(workshop=workshop, kind="analysis", state="done") for _ in range(4)]
    Job.objects.filter(pk__in=[job.pk for job in made]).update(state="running", lease_until=timezone.now())
    start = threading.Barrier(4)

    def run(job):
        start.wait()
        jobs.run(job.pk)
        connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Analysis.objects.count() == 1
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    assert sorted(Job.objects.values_list("made_anew", flat=True)) == [False, False, False, True]


def test_the_same_answers_on_another_scale_are_another_input(team):
    digests = []
    for evidence_levels in (4, 5):
        workshop = make_workshop(team)
        workshop.rounds.update(evidence_levels=evidence_levels)
        rate(workshop, {"i000": SPLIT})
        digests.append(compute(workshop).digest)

    assert digests[0] != digests[1]
