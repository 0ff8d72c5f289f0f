/*
 * Every function, as it should be called and as it should not. Run in the repository's folder tests/cases, under valgrind.
 */
#include "common.h"

#include <limits.h>

static meetlat_text of(const char *text)
{
    return meetlat_text_of(text);
}

static meetlat_named named(const char *name, const char *text)
{
    return (meetlat_named){of(name), of(text)};
}

static const meetlat_how HOW = {{NULL, 0}, {NULL, 0}, {0, NULL, NULL}};
static const meetlat_spend USUAL = {0, NULL, NULL};
static const meetlat_text NONE = {NULL, 0};
static const meetlat_text HALF = {NULL, 3};
static const meetlat_text LATIN = {"caf\xe9", 4};

/* Building blocks as a test wants them. */
enum way { IN_FILES, ONE_TEXT, ABSENT, FAILED, FAILED_WITHOUT_WORDS, OF_NOTHING, LATIN_TEXT };

struct blocks {
    enum way way;
    int asked;
    char name[100];
    meetlat_text text;
};

static int32_t find(void *context, meetlat_text name, meetlat_named *found)
{
    struct blocks *blocks = context;
    blocks->asked += 1;
    switch (blocks->way) {
    case IN_FILES:
        free((void *)blocks->text.bytes);
        REQUIRE(name.length < 80);
        snprintf(blocks->name, sizeof blocks->name, "bouwsteen/%.*s.meetlat", (int)name.length, name.bytes);
        for (char *at = blocks->name; *at && strcmp(at, ".meetlat") != 0; at++) {
            if (*at == '.') {
                *at = '/';
            }
        }
        blocks->text = read_file(blocks->name);
        *found = (meetlat_named){of(blocks->name), blocks->text};
        return MEETLAT_BLOCK_FOUND;
    case ONE_TEXT:
        *found = (meetlat_named){of("bouwsteen.meetlat"), blocks->text};
        return MEETLAT_BLOCK_FOUND;
    case ABSENT:
        return MEETLAT_BLOCK_ABSENT;
    case FAILED:
        found->text = of("de kast is op slot");
        return MEETLAT_BLOCK_FAILED;
    case FAILED_WITHOUT_WORDS:
        return 77;
    case OF_NOTHING:
        return MEETLAT_BLOCK_FOUND;
    case LATIN_TEXT:
        *found = (meetlat_named){of("latin.meetlat"), LATIN};
        return MEETLAT_BLOCK_FOUND;
    }
    return MEETLAT_BLOCK_FAILED;
}

static meetlat_result compile(const meetlat_named *texts, size_t count, meetlat_text language,
                              meetlat_rules **rules, meetlat_string *messages)
{
    return meetlat_compile(texts, count, NULL, NULL, language, rules, messages);
}

static void compiling(const meetlat_named *klein)
{
    meetlat_rules *rules = NULL;
    meetlat_string out;
    meetlat_named faulty = named("fout.meetlat", "meetlat");

    EXPECT(compile(NULL, 0, NONE, &rules, &out), REFUSED, out, "B0103");
    EXPECT(compile(&faulty, 1, of("en"), &rules, &out), REFUSED, out, "fout.meetlat");
    REQUIRE(rules == NULL);
    EXPECT(compile(klein, 1, of("fr"), &rules, &out), REFUSED, out, "B0101");
    EXPECT(compile(klein, 1, LATIN, &rules, &out), REFUSED, out, "B0002");
    EXPECT(compile(klein, 1, HALF, &rules, &out), WRONG_CALL, out, "language wijst nergens naar");
    EXPECT(compile(NULL, 1, NONE, &rules, &out), WRONG_CALL, out, "texts wijst nergens naar");
    EXPECT(compile(klein, SIZE_MAX, NONE, &rules, &out), WRONG_CALL, out, "onmogelijke lengte");
    EXPECT(compile(klein, 1, of("en"), NULL, &out), WRONG_CALL, out, "rules points to nothing");
    REQUIRE(compile(klein, 1, NONE, &rules, NULL) == WRONG_CALL && rules == NULL);
    REQUIRE(compile(klein, 1, NONE, NULL, NULL) == WRONG_CALL);

    /* All that is wrong, each by its place. */
    meetlat_named wrong[] = {{NONE, of("x")}, *klein, {of("leeg.meetlat"), NONE}, {of("latin.meetlat"), LATIN}};
    const char *found[] = {"texts[0].name wijst", "texts[2].text wijst", "latin.meetlat is geen UTF-8"};
    for (int at = 0; at < 3; at++) {
        EXPECT(compile(wrong, 4, NONE, &rules, &out), WRONG_CALL, out, found[at]);
    }
    EXPECT(meetlat_check(wrong, 4, NULL, NULL, false, USUAL, NONE, &out), WRONG_CALL, out, found[2]);
    EXPECT(meetlat_check(NULL, 0, NULL, NULL, true, USUAL, NONE, &out), GIVEN, out, "\"meldingen\"");
    EXPECT(meetlat_check(klein, 1, NULL, NULL, true, USUAL, NONE, &out), GIVEN, out, "\"meldingen\"");
    EXPECT(meetlat_check(&faulty, 1, NULL, NULL, false, USUAL, of("en"), &out), GIVEN, out, "fout.meetlat");
    EXPECT(meetlat_check(klein, 1, NULL, NULL, true, USUAL, of("fr"), &out), REFUSED, out, "B0101");
    EXPECT(meetlat_check(NULL, 2, NULL, NULL, true, USUAL, NONE, &out), WRONG_CALL, out, "B0107");
    REQUIRE(meetlat_check(klein, 1, NULL, NULL, true, USUAL, NONE, NULL) == WRONG_CALL);

    /* Rules that are let go of leave what they gave. */
    REQUIRE(compile(klein, 1, NONE, &rules, &out) == GIVEN && rules && !out.bytes && out.length == 0);
    meetlat_string_free(&out);
    REQUIRE(meetlat_warnings(rules, NONE, &out) == GIVEN);
    meetlat_rules_free(rules);
    REQUIRE(holds(&out, "\"meldingen\""));
    meetlat_string_free(&out);
    REQUIRE(!out.bytes && out.length == 0);
    meetlat_string_free(&out);
    meetlat_string_free(NULL);
    meetlat_rules_free(NULL);
}

static void building_blocks(void)
{
    meetlat_rules *rules = NULL;
    meetlat_string out;
    meetlat_text text = read_file("bouwsteen/regels.meetlat");
    meetlat_text proposal = read_file("bouwsteen/voorstel.json");
    meetlat_named regels = {of("regels.meetlat"), text};
    struct blocks blocks = {IN_FILES, 0, "", NONE};

    REQUIRE(meetlat_compile(&regels, 1, find, &blocks, NONE, &rules, &out) == GIVEN && blocks.asked > 1);
    meetlat_named voorstel = {of("voorstel.json"), proposal};
    EXPECT(meetlat_evaluate(rules, voorstel, HOW, &out), GIVEN, out, "\"documentversie\"");
    meetlat_rules_free(rules);
    EXPECT(meetlat_check(&regels, 1, find, &blocks, false, USUAL, NONE, &out), GIVEN, out, "\"meldingen\"");
    free((void *)blocks.text.bytes);

    const struct {
        enum way way;
        meetlat_result result;
        const char *words;
    } others[] = {
        {ABSENT, REFUSED, "landelijk."},
        {FAILED, REFUSED, "de kast is op slot"},
        {FAILED_WITHOUT_WORDS, WRONG_CALL, ".text wijst nergens naar"},
        {OF_NOTHING, WRONG_CALL, ".name wijst nergens naar"},
        {LATIN_TEXT, REFUSED, "latin.meetlat is geen UTF-8"},
    };
    for (size_t at = 0; at < sizeof others / sizeof *others; at++) {
        blocks = (struct blocks){others[at].way, 0, "", NONE};
        EXPECT(meetlat_compile(&regels, 1, find, &blocks, NONE, &rules, &out), others[at].result, out,
               others[at].words);
        REQUIRE(rules == NULL && blocks.asked > 0);
        meetlat_result checked = others[at].result == REFUSED ? GIVEN : others[at].result;
        EXPECT(meetlat_check(&regels, 1, find, &blocks, false, USUAL, NONE, &out), checked, out, others[at].words);
    }
    EXPECT(compile(&regels, 1, NONE, &rules, &out), REFUSED, out, "landelijk.");
    free((void *)text.bytes);
    free((void *)proposal.bytes);
}

/* The calls that ask something of a proposal, behind one face. */
typedef meetlat_result ask(const meetlat_rules *, meetlat_named, meetlat_how, meetlat_string *);

static meetlat_result improve(const meetlat_rules *rules, meetlat_named proposal, meetlat_how how,
                              meetlat_string *out)
{
    return meetlat_improve(rules, proposal, NULL, 0, how, out);
}

static meetlat_result why(const meetlat_rules *rules, meetlat_named proposal, meetlat_how how,
                          meetlat_string *out)
{
    return meetlat_why(rules, proposal, false, how, out);
}

static meetlat_result why_by_answers(const meetlat_rules *rules, meetlat_named proposal, meetlat_how how,
                                     meetlat_string *out)
{
    return meetlat_why(rules, proposal, true, how, out);
}

static meetlat_result schema(const meetlat_rules *rules, meetlat_named proposal, meetlat_how how,
                             meetlat_string *out)
{
    (void)proposal;
    return meetlat_schema(rules, how, out);
}

static meetlat_result empty_proposal(const meetlat_rules *rules, meetlat_named proposal, meetlat_how how,
                                     meetlat_string *out)
{
    (void)proposal;
    return meetlat_empty_proposal(rules, how, out);
}

static void asking(const meetlat_rules *rules)
{
    static ask *const asks[] = {meetlat_evaluate, meetlat_next,     improve, why,
                                why_by_answers,   meetlat_firmness, schema,  empty_proposal};
    meetlat_string out;
    meetlat_named open = named("open.json", "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": \"ja\"}}");
    meetlat_named latin = {of("latin.json"), LATIN};
    meetlat_named nameless = {NONE, open.text};
    meetlat_named empty = {of("leeg.json"), {"", 0}};
    meetlat_named endless = {of("lang.json"), {"", SIZE_MAX}};

    for (size_t at = 0; at < sizeof asks / sizeof *asks; at++) {
        ask *call = asks[at];
        EXPECT(call(rules, open, HOW, &out), GIVEN, out, "{");
        EXPECT(call(rules, open, (meetlat_how){of("2025-01-01"), of("en"), USUAL}, &out), GIVEN, out, "{");
        EXPECT(call(rules, open, (meetlat_how){of("gisteren"), NONE, USUAL}, &out), REFUSED, out, "B0102");
        EXPECT(call(rules, open, (meetlat_how){LATIN, NONE, USUAL}, &out), REFUSED, out, "reference_date is geen UTF-8");
        EXPECT(call(rules, open, (meetlat_how){HALF, NONE, USUAL}, &out), WRONG_CALL, out, "reference_date wijst");
        EXPECT(call(rules, open, (meetlat_how){NONE, of(""), USUAL}, &out), REFUSED, out, "B0101");
        EXPECT(call(rules, open, (meetlat_how){NONE, HALF, USUAL}, &out), WRONG_CALL, out, "language wijst");
        EXPECT(call(NULL, open, HOW, &out), WRONG_CALL, out, "rules wijst nergens naar");
        REQUIRE(call(rules, open, HOW, NULL) == WRONG_CALL);
        if (call == schema || call == empty_proposal) {
            continue;
        }
        EXPECT(call(rules, empty, HOW, &out), REFUSED, out, "leeg.json");
        EXPECT(call(rules, latin, HOW, &out), REFUSED, out, "latin.json is geen UTF-8");
        EXPECT(call(rules, nameless, HOW, &out), WRONG_CALL, out, "proposal.name wijst");
        EXPECT(call(rules, (meetlat_named){of("x"), NONE}, HOW, &out), WRONG_CALL, out, "proposal.text wijst");
        EXPECT(call(rules, endless, HOW, &out), WRONG_CALL, out, "lang.json heeft een onmogelijke lengte");
    }

    meetlat_text targets[] = {of("voldoet"), of("afgewezen")};
    EXPECT(meetlat_improve(rules, open, targets, 2, HOW, &out), GIVEN, out, "{");
    targets[1] = of("zoiets");
    EXPECT(meetlat_improve(rules, open, targets, 2, HOW, &out), REFUSED, out, "B0007");
    targets[1] = LATIN;
    EXPECT(meetlat_improve(rules, open, targets, 2, HOW, &out), REFUSED, out, "targets[1] is geen UTF-8");
    targets[0] = NONE;
    EXPECT(meetlat_improve(rules, open, targets, 2, HOW, &out), WRONG_CALL, out, "targets[0] wijst");
    EXPECT(meetlat_improve(rules, open, NULL, 2, HOW, &out), WRONG_CALL, out, "targets wijst");

    EXPECT(meetlat_warnings(rules, of("en"), &out), GIVEN, out, "\"meldingen\"");
    EXPECT(meetlat_warnings(rules, of("fr"), &out), REFUSED, out, "B0101");
    EXPECT(meetlat_warnings(NULL, NONE, &out), WRONG_CALL, out, "rules wijst nergens naar");
    REQUIRE(meetlat_warnings(rules, NONE, NULL) == WRONG_CALL);
}

/* Counts how often it is asked, and says stop when it has been asked so often. */
struct patience {
    unsigned asked, patience;
};

static bool stop(void *context)
{
    struct patience *own = context;
    return ++own->asked > own->patience;
}

static void spending(void)
{
    meetlat_text text = read_file("../../rules/ijsselland.meetlat");
    meetlat_text block = read_file("../../rules/landelijk/jeugdwet.meetlat");
    struct blocks blocks = {ONE_TEXT, 0, "", block};
    meetlat_named regels = {of("ijsselland.meetlat"), text};
    meetlat_named open = named("open.json", "{\"meetlat\": \"ijsselland\", \"antwoorden\": {}}");
    struct patience none = {0, 0}, much = {0, UINT_MAX};
    meetlat_rules *rules = NULL;
    meetlat_string out;
    meetlat_how how = {of("2020-04-01"), NONE, {100, NULL, NULL}};

    REQUIRE(meetlat_compile(&regels, 1, find, &blocks, NONE, &rules, &out) == GIVEN);
    EXPECT(meetlat_evaluate(rules, open, how, &out), GIVEN, out, "\"reden\":\"grens\",\"grens\":100,");
    EXPECT(meetlat_check(&regels, 1, find, &blocks, true, how.spend, NONE, &out), GIVEN, out, "M0611");
    how.spend = (meetlat_spend){0, stop, &none};
    EXPECT(meetlat_evaluate(rules, open, how, &out), GIVEN, out, "\"reden\":\"gestopt\",\"grens\":null,");
    REQUIRE(none.asked > 0);
    how.spend.context = &much;
    EXPECT(meetlat_evaluate(rules, open, how, &out), GIVEN, out, "\"exact\":true,\"voorlopig\":null");
    REQUIRE(much.asked > 0);
    meetlat_rules_free(rules);
    free((void *)text.bytes);
    free((void *)block.bytes);
}

int main(void)
{
    meetlat_text text = read_file("klein/regels.meetlat");
    meetlat_named klein = {of("klein.meetlat"), text};
    meetlat_rules *rules = NULL;
    meetlat_string out;

    REQUIRE(strlen(meetlat_version()) >= 5);
    REQUIRE(!meetlat_text_of(NULL).bytes && meetlat_text_of(NULL).length == 0);
    compiling(&klein);
    building_blocks();
    REQUIRE(compile(&klein, 1, NONE, &rules, &out) == GIVEN);
    /* Nothing of what went in is needed any longer. */
    free((void *)text.bytes);
    asking(rules);
    meetlat_rules_free(rules);
    spending();
    puts("every function: as it should");
    return 0;
}
