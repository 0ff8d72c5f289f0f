/*
 * toets: judges a proposal by a rule file.
 *
 *     toets regels.meetlat voorstel.json
 *
 * Building blocks lie beside the rule file: landelijk.jeugdwet is landelijk/jeugdwet.meetlat. Prints the verdict as JSON, or
 * the messages on standard error. Ends with 0 for a verdict, 1 when rules or proposal are refused, 2 for a wrong call.
 */
#include <meetlat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole file; no text when it cannot be read. */
static meetlat_text read_file(const char *path)
{
    meetlat_text none = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (!file) {
        return none;
    }
    char *bytes = NULL;
    size_t room = 0, length = 0, read;
    do {
        if (room - length < 4096) {
            room += 65536;
            char *more = realloc(bytes, room);
            if (!more) {
                free(bytes);
                fclose(file);
                return none;
            }
            bytes = more;
        }
        read = fread(bytes + length, 1, room - length, file);
        length += read;
    } while (read > 0);
    fclose(file);
    meetlat_text text = {bytes, length};
    return text;
}

/* The building block found last: it must stay until the next is asked for. */
struct folder {
    int length;
    const char *path;
    char name[4096];
    meetlat_text text;
};

static int32_t find(void *context, meetlat_text name, meetlat_named *found)
{
    struct folder *folder = context;
    free((void *)folder->text.bytes);
    folder->text = meetlat_text_of(NULL);
    int length = snprintf(folder->name, sizeof folder->name, "%.*s%.*s.meetlat", folder->length, folder->path,
                          (int)name.length, name.bytes);
    if (length < 0 || (size_t)length >= sizeof folder->name) {
        found->text = meetlat_text_of("de naam is te lang");
        return MEETLAT_BLOCK_FAILED;
    }
    for (size_t at = 0; at < name.length; at++) {
        char *letter = &folder->name[(size_t)folder->length + at];
        *letter = *letter == '.' ? '/' : *letter;
    }
    folder->text = read_file(folder->name);
    if (!folder->text.bytes) {
        return MEETLAT_BLOCK_ABSENT;
    }
    found->name = meetlat_text_of(folder->name);
    found->text = folder->text;
    return MEETLAT_BLOCK_FOUND;
}

/* Prints what a call gave, and lets go of it. */
static int end(meetlat_result result, meetlat_string *document)
{
    FILE *to = result == MEETLAT_RESULT_GIVEN ? stdout : stderr;
    if (document->bytes) {
        fprintf(to, "%s\n", document->bytes);
    }
    meetlat_string_free(document);
    return result == MEETLAT_RESULT_GIVEN ? 0 : 1;
}

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "toets regels.meetlat voorstel.json\n");
        return 2;
    }
    const char *path = arguments[1];
    const char *slash = strrchr(path, '/');
    struct folder folder = {slash ? (int)(slash + 1 - path) : 0, path, "", {NULL, 0}};
    meetlat_named regels = {meetlat_text_of(path), read_file(path)};
    meetlat_named voorstel = {meetlat_text_of(arguments[2]), read_file(arguments[2])};
    meetlat_text dutch = {NULL, 0};
    meetlat_how how = {{NULL, 0}, {NULL, 0}, {0, NULL, NULL}};
    meetlat_rules *rules;
    meetlat_string document;

    /* A file that could not be read has no text, which the library refuses: nothing to check here. */
    meetlat_result result = meetlat_compile(&regels, 1, find, &folder, dutch, &rules, &document);
    if (result == MEETLAT_RESULT_GIVEN) {
        result = meetlat_evaluate(rules, voorstel, how, &document);
    }
    int ended = end(result, &document);
    meetlat_rules_free(rules);
    free((void *)folder.text.bytes);
    free((void *)regels.text.bytes);
    free((void *)voorstel.text.bytes);
    return ended;
}
