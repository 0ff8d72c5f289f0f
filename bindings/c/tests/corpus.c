/*
 * Every call of the corpus: the same document, byte for byte. The argument: the corpus as parts (examples/corpus_parts.rs).
 */
#include "common.h"

#include <ctype.h>

struct block {
    meetlat_text name;
    meetlat_named text;
};

struct set {
    meetlat_text name;
    size_t texts;
    meetlat_named *text;
    size_t blocks;
    struct block *block;
};

static const char *at, *end;

static void *row(size_t count, size_t size)
{
    void *made = calloc(count ? count : 1, size);
    REQUIRE(made);
    return made;
}

/* The next part; no text for what is not there. */
static meetlat_text part(void)
{
    meetlat_text text = {NULL, 0};
    REQUIRE(at < end);
    if (*at == '-') {
        at++;
        return text;
    }
    while (at < end && isdigit((unsigned char)*at)) {
        text.length = text.length * 10 + (size_t)(*at++ - '0');
    }
    REQUIRE(at < end && *at++ == ':' && text.length <= (size_t)(end - at));
    text.bytes = at;
    at += text.length;
    return text;
}

static size_t count(void)
{
    meetlat_text text = part();
    size_t made = 0;
    REQUIRE(text.length > 0 && text.length < 10);
    for (size_t digit = 0; digit < text.length; digit++) {
        made = made * 10 + (size_t)(text.bytes[digit] - '0');
    }
    return made;
}

static meetlat_named named(void)
{
    meetlat_text name = part();
    return (meetlat_named){name, part()};
}

static bool same(meetlat_text one, meetlat_text other)
{
    return one.length == other.length && memcmp(one.bytes, other.bytes, one.length) == 0;
}

static int32_t find(void *context, meetlat_text name, meetlat_named *found)
{
    const struct set *set = context;
    for (size_t block = 0; block < set->blocks; block++) {
        if (same(set->block[block].name, name)) {
            *found = set->block[block].text;
            return MEETLAT_BLOCK_FOUND;
        }
    }
    return MEETLAT_BLOCK_ABSENT;
}

struct call {
    meetlat_text name, rules, what;
    meetlat_named proposal;
    meetlat_how how;
    size_t count;
    meetlat_text *targets;
    bool good;
    meetlat_text gives;
};

static meetlat_result run(struct set *set, const struct call *call, meetlat_string *out)
{
    meetlat_rules *rules = NULL;
    meetlat_text language = call->how.language;
    meetlat_text what = call->what;
    meetlat_result result;
    if (same(what, meetlat_text_of("check"))) {
        return meetlat_check(set->text, set->texts, find, set, true, call->how.spend, language, out);
    }
    result = meetlat_compile(set->text, set->texts, find, set, language, &rules, out);
    if (result != MEETLAT_RESULT_GIVEN) {
        return result;
    }
    if (same(what, meetlat_text_of("compile"))) {
        result = meetlat_warnings(rules, language, out);
    } else if (same(what, meetlat_text_of("evaluate"))) {
        result = meetlat_evaluate(rules, call->proposal, call->how, out);
    } else if (same(what, meetlat_text_of("next"))) {
        result = meetlat_next(rules, call->proposal, call->how, out);
    } else if (same(what, meetlat_text_of("improve"))) {
        result = meetlat_improve(rules, call->proposal, call->targets, call->count, call->how, out);
    } else if (same(what, meetlat_text_of("why"))) {
        result = meetlat_why(rules, call->proposal, false, call->how, out);
    } else if (same(what, meetlat_text_of("firmness"))) {
        result = meetlat_firmness(rules, call->proposal, call->how, out);
    } else if (same(what, meetlat_text_of("schema"))) {
        result = meetlat_schema(rules, call->how, out);
    } else if (same(what, meetlat_text_of("empty_proposal"))) {
        result = meetlat_empty_proposal(rules, call->how, out);
    } else {
        fprintf(stderr, "a call that this program does not know: %.*s\n", (int)what.length, what.bytes);
        exit(1);
    }
    meetlat_rules_free(rules);
    return result;
}

static void compare(const struct call *call, meetlat_result result, const meetlat_string *out)
{
    bool good = result == MEETLAT_RESULT_GIVEN;
    meetlat_text given = {out->bytes, out->length};
    if (good == call->good && (good || result == MEETLAT_RESULT_REFUSED) && same(given, call->gives)) {
        return;
    }
    size_t differs = 0;
    while (differs < given.length && differs < call->gives.length &&
           given.bytes[differs] == call->gives.bytes[differs]) {
        differs++;
    }
    fprintf(stderr, "%.*s, %.*s: result %d, differs from byte %zu on\nC    %s\nRust %.*s\n", (int)call->name.length,
            call->name.bytes, (int)call->what.length, call->what.bytes, (int)result, differs,
            given.bytes + differs, (int)(call->gives.length - differs), call->gives.bytes + differs);
    exit(1);
}

int main(int given, char **arguments)
{
    REQUIRE(given == 2);
    meetlat_text file = read_file(arguments[1]);
    at = file.bytes;
    end = at + file.length;
    size_t sets = count();
    struct set *set = row(sets, sizeof *set);
    for (size_t one = 0; one < sets; one++) {
        set[one].name = part();
        set[one].texts = count();
        set[one].text = row(set[one].texts, sizeof *set->text);
        for (size_t text = 0; text < set[one].texts; text++) {
            set[one].text[text] = named();
        }
        set[one].blocks = count();
        set[one].block = row(set[one].blocks, sizeof *set->block);
        for (size_t block = 0; block < set[one].blocks; block++) {
            set[one].block[block].name = part();
            set[one].block[block].text = named();
        }
    }
    size_t calls = count();
    for (size_t done = 0; done < calls; done++) {
        struct call call = {0};
        call.name = part();
        call.rules = part();
        call.what = part();
        call.proposal = named();
        call.how.reference_date = part();
        call.how.language = part();
        call.count = count();
        call.targets = row(call.count, sizeof *call.targets);
        for (size_t target = 0; target < call.count; target++) {
            call.targets[target] = part();
        }
        call.good = same(part(), meetlat_text_of("ja"));
        call.gives = part();
        size_t one = 0;
        while (one < sets && !same(set[one].name, call.rules)) {
            one++;
        }
        REQUIRE(one < sets);
        meetlat_string out;
        compare(&call, run(&set[one], &call, &out), &out);
        meetlat_string_free(&out);
        free(call.targets);
    }
    REQUIRE(at == end && calls > 0);
    for (size_t one = 0; one < sets; one++) {
        free(set[one].text);
        free(set[one].block);
    }
    free(set);
    free((void *)file.bytes);
    printf("c: %zu calls, all equal\n", calls);
    return 0;
}
