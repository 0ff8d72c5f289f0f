/*
 * meetlat.h: judge proposals by policy rules that people can read.
 *
 * Made from the sources by `MEETLAT_BLESS=1 cargo test --test header`; do not edit it. docs/contract.md says what every call
 * takes and gives, README.md shows how it is used.
 *
 * Results
 *
 * A call that gives something gives a meetlat_result. Its last argument gets a document: what was asked for when the result is
 * MEETLAT_RESULT_GIVEN, and else {"meldingen": [...]}, which says what is wrong, where, and what to do about it. The one
 * exception: when that argument itself is NULL or misaligned there is nowhere to put it, and the result is
 * MEETLAT_RESULT_WRONG_CALL.
 *
 * Ownership
 *
 * - What goes in is lent until the call ends: texts, names, arrays, context. Nothing of it is kept or changed.
 * - What comes out in a meetlat_string is yours. Free it once with meetlat_string_free, whatever the result was, and not with
 *   free. What the string held before the call is not looked at: free that first.
 * - A meetlat_rules is yours from meetlat_compile until meetlat_rules_free. Free it once, when no call is using it. Documents
 *   that it gave stay.
 * - What a meetlat_blocks function finds stays its own: it is copied before the function is called again.
 *
 * Threads
 *
 * Any number of threads may call with the same meetlat_rules at once, without locks. A meetlat_string belongs to one thread at
 * a time. Nothing is kept per thread, and nothing for the process. The functions for building blocks and for stopping are
 * called on the thread that made the call.
 *
 * What cannot be checked
 *
 * That a pointer is not NULL and not misaligned, and that a length is possible, is checked. That there is as much memory behind it
 * as the length says, and that a handle or string was not freed yet, is for you to see to.
 */
#ifndef MEETLAT_H
#define MEETLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// There is no building block of that name.
#define MEETLAT_BLOCK_ABSENT 0

// It was found.
#define MEETLAT_BLOCK_FOUND 1

// It cannot be read; any other number says the same.
#define MEETLAT_BLOCK_FAILED 2

// What a call came to.
typedef enum {
    // It gave what was asked for.
    MEETLAT_RESULT_GIVEN = 0,
    // Rules, proposal, day, language or target are not right: the document says what and where.
    MEETLAT_RESULT_REFUSED = 1,
    // A pointer that must point to something is NULL or misaligned, or a length is impossible (B0107): a fault in the calling
    // program.
    MEETLAT_RESULT_WRONG_CALL = 2,
    // The engine stopped by a fault of its own (B0109). What it did not give is not there; the rules can still be used.
    MEETLAT_RESULT_STOPPED = 3,
} meetlat_result;

// Rules, ready to judge. Made by meetlat_compile, let go of by meetlat_rules_free.
typedef struct meetlat_rules meetlat_rules;

// A document, as UTF-8, that is the caller's. A zero that length does not count stands behind it.
typedef struct {
    // Where it begins.
    char *bytes;
    // In bytes.
    size_t length;
} meetlat_string;

// A text that is lent for one call: UTF-8, which need not end with a zero. NULL with length 0 is no text, where none is
// needed; an empty text points to something.
typedef struct {
    // Where it begins.
    const char *bytes;
    // In bytes.
    size_t length;
} meetlat_text;

// A rule text or a proposal, with the name that messages and verdicts call it by, for example its path.
typedef struct {
    // What it is called.
    meetlat_text name;
    // The text itself.
    meetlat_text text;
} meetlat_named;

// Finds a building block by the name behind gebruik, such as landelijk.jeugdwet. Gives MEETLAT_BLOCK_FOUND with its name and
// text in found, MEETLAT_BLOCK_ABSENT when there is none, and MEETLAT_BLOCK_FAILED when it cannot be read, with the reason
// in found->text, for people. What found points to must stay until the next call of this function, or until the call that
// it was given to ends. It must not throw or jump out.
typedef int32_t (*meetlat_blocks)(void *context,
                                  meetlat_text name,
                                  meetlat_named *found);

// Says whether a call should end, and is asked every thousand steps or so while the engine searches, on the thread that made
// the call. True: what is known by then is given, marked voorlopig with the reason gestopt. It must answer at once, and
// must not throw or jump out.
typedef bool (*meetlat_stop)(void *context);

// What a call may take. All zero: as many steps as usual, and nobody stops it.
typedef struct {
    // Steps to search, the same on every machine; 0: 500,000. What is not sure by then is marked voorlopig.
    uint64_t limit;
    // Asked now and then; NULL: nobody stops the call.
    meetlat_stop stop;
    // Handed to stop untouched.
    void *context;
} meetlat_spend;

// How a proposal is judged. All zero: on the proposal's own peildatum, in Dutch, with as many steps as usual.
typedef struct {
    // JJJJ-MM-DD; wins over the proposal's own peildatum.
    meetlat_text reference_date;
    // nl or en.
    meetlat_text language;
    // What the call may take.
    meetlat_spend spend;
} meetlat_how;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// Lets go of a document, and empties the string; an empty one, and NULL, are left as they are.
void meetlat_string_free(meetlat_string *string);

// The version of the library, which ends with a zero and is there for good.
const char *meetlat_version(void);

// Reads and checks rule texts: one, or several that are versions of one meetlat. Building blocks are asked of blocks, with
// context handed to it untouched; NULL when there are none. Given: rules points to a handle, and messages is empty. Else rules
// is NULL, and messages says why.
meetlat_result meetlat_compile(const meetlat_named *texts,
                               size_t count,
                               meetlat_blocks blocks,
                               void *context,
                               meetlat_text language,
                               meetlat_rules **rules,
                               meetlat_string *messages);

// Lets go of rules, when no call is using them; NULL is left as it is.
void meetlat_rules_free(meetlat_rules *rules);

// Gives what deserves attention in these rules, as messages.
meetlat_result meetlat_warnings(const meetlat_rules *rules,
                                meetlat_text language,
                                meetlat_string *document);

// Gives everything that can be said of rule texts, as messages: faults too are given then. search: also what only a search
// finds, in each text within what spend says. The rest as for meetlat_compile.
meetlat_result meetlat_check(const meetlat_named *texts,
                             size_t count,
                             meetlat_blocks blocks,
                             void *context,
                             bool search,
                             meetlat_spend spend,
                             meetlat_text language,
                             meetlat_string *document);

// Gives the verdict on a proposal, on one line.
meetlat_result meetlat_evaluate(const meetlat_rules *rules,
                                meetlat_named proposal,
                                meetlat_how how,
                                meetlat_string *document);

// Gives the question that is best answered next, on one line.
meetlat_result meetlat_next(const meetlat_rules *rules,
                            meetlat_named proposal,
                            meetlat_how how,
                            meetlat_string *document);

// Gives the smallest changes that lead to other outcomes, on one line. targets: outcomes by name, or route=keuze; none:
// every outcome.
meetlat_result meetlat_improve(const meetlat_rules *rules,
                               meetlat_named proposal,
                               const meetlat_text *targets,
                               size_t count,
                               meetlat_how how,
                               meetlat_string *document);

// Gives why the outcome is what it is, on one line. answers: down to single answers.
meetlat_result meetlat_why(const meetlat_rules *rules,
                           meetlat_named proposal,
                           bool answers,
                           meetlat_how how,
                           meetlat_string *document);

// Gives how firm the verdict is when weights and thresholds move, on one line.
meetlat_result meetlat_firmness(const meetlat_rules *rules,
                                meetlat_named proposal,
                                meetlat_how how,
                                meetlat_string *document);

// Gives the JSON schema of proposals.
meetlat_result meetlat_schema(const meetlat_rules *rules,
                              meetlat_how how,
                              meetlat_string *document);

// Gives a proposal in which every question is open.
meetlat_result meetlat_empty_proposal(const meetlat_rules *rules,
                                      meetlat_how how,
                                      meetlat_string *document);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

// A text from one that ends with a zero; from NULL, no text.
static inline meetlat_text meetlat_text_of(const char *text)
{
    meetlat_text made = {text, text ? strlen(text) : 0};
    return made;
}

#endif
