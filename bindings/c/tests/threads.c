/*
 * Several threads, one handle: each call gives what it gives alone. Run in tests/cases. The argument: how often.
 */
#include "common.h"

#include <pthread.h>

enum { THREADS = 8, PROPOSALS = 4, CALLS = 3 };

static const char *const PROPOSALS_TEXT[PROPOSALS] = {
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": \"ja\", \"bedrag\": 42000}}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": \"nee\"}}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {}}",
    "{\"meetlat\": \"klein\", \"antwoorden\": {\"gezond\": 1}}",
};

static const meetlat_rules *rules;
static meetlat_string alone[PROPOSALS][CALLS];
static int times;

static meetlat_string ask(int proposal, int call)
{
    meetlat_named given = {meetlat_text_of("voorstel.json"), meetlat_text_of(PROPOSALS_TEXT[proposal])};
    meetlat_how how = {meetlat_text_of(NULL), meetlat_text_of(proposal % 2 ? "en" : "nl"), {0, NULL, NULL}};
    meetlat_string out;
    meetlat_result ended = call == 0   ? meetlat_evaluate(rules, given, how, &out)
                           : call == 1 ? meetlat_next(rules, given, how, &out)
                                       : meetlat_improve(rules, given, NULL, 0, how, &out);
    REQUIRE(ended == (proposal == PROPOSALS - 1 ? REFUSED : GIVEN));
    return out;
}

static void *work(void *number)
{
    for (int turn = 0; turn < times; turn++) {
        int proposal = (turn + *(const int *)number) % PROPOSALS;
        int call = turn % CALLS;
        meetlat_string out = ask(proposal, call);
        REQUIRE(out.length == alone[proposal][call].length);
        REQUIRE(memcmp(out.bytes, alone[proposal][call].bytes, out.length) == 0);
        meetlat_string_free(&out);
    }
    return NULL;
}

int main(int count, char **arguments)
{
    times = count > 1 ? atoi(arguments[1]) : 1000;
    meetlat_text text = read_file("klein/regels.meetlat");
    meetlat_named klein = {meetlat_text_of("klein.meetlat"), text};
    meetlat_rules *made;
    meetlat_string out;
    REQUIRE(meetlat_compile(&klein, 1, NULL, NULL, meetlat_text_of(NULL), &made, &out) == GIVEN);
    free((void *)text.bytes);
    rules = made;
    for (int proposal = 0; proposal < PROPOSALS; proposal++) {
        for (int call = 0; call < CALLS; call++) {
            alone[proposal][call] = ask(proposal, call);
        }
    }
    pthread_t threads[THREADS];
    int numbers[THREADS];
    for (int at = 0; at < THREADS; at++) {
        numbers[at] = at;
        REQUIRE(pthread_create(&threads[at], NULL, work, &numbers[at]) == 0);
    }
    for (int at = 0; at < THREADS; at++) {
        REQUIRE(pthread_join(threads[at], NULL) == 0);
    }
    for (int proposal = 0; proposal < PROPOSALS; proposal++) {
        for (int call = 0; call < CALLS; call++) {
            meetlat_string_free(&alone[proposal][call]);
        }
    }
    meetlat_rules_free(made);
    printf("threads: %d at once with one handle, %d calls each, all equal\n", (int)THREADS, times);
    return 0;
}
