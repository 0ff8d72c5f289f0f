"""What Spark gives is what the package gives, row by row."""

from judge import JUDGED, judge, make, session, texts

from meetlat import Meetlat, MeetlatError, Verdict

COUNT = 2_000


def test_every_row_is_what_one_call_gives() -> None:
    rules, blocks, real = texts()
    spark = session()
    proposals = spark.range(0, COUNT, 1, 4).mapInArrow(make(real), "id long, proposal string").cache()
    judged = proposals.mapInArrow(judge(rules, blocks), JUDGED).orderBy("id").collect()
    meetlat = Meetlat.from_text("ijsselland.meetlat", rules, blocks=blocks)
    rows = proposals.orderBy("id").collect()
    assert [row.id for row in judged] == [row.id for row in rows] == list(range(COUNT))
    kinds = set()
    for given, row in zip(meetlat.evaluate_many(it.proposal for it in rows), judged, strict=True):
        kinds.add((type(given), row.outcome))
        if isinstance(given, Verdict):
            assert (row.verdict, row.outcome, row.messages) == (given.json, given.outcome, None)
        else:
            assert isinstance(given, MeetlatError)
            assert (row.verdict, row.outcome, row.messages) == (None, None, given.json)
    assert len(kinds) > 3, "verdicts that are settled and open, and faulty proposals"
    spark.stop()
