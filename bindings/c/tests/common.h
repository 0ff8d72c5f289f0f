/* What the C tests share. A test ends at the first thing that is not so, with the line. */
#ifndef COMMON_H
#define COMMON_H

#include <meetlat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REQUIRE(what)                                                                                        \
    do {                                                                                                     \
        if (!(what)) {                                                                                       \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what);                               \
            exit(1);                                                                                         \
        }                                                                                                    \
    } while (0)

/* Requires that a call ended so and that its document holds some words; lets go of the document. */
#define EXPECT(call, result, document, words)                                                                \
    do {                                                                                                     \
        meetlat_result ended = (call);                                                                       \
        if (ended != (result) || !holds(&(document), (words))) {                                             \
            fprintf(stderr, "%s:%d: %s: result %d, %s\n", __FILE__, __LINE__, #call, (int)ended,             \
                    (document).bytes ? (document).bytes : "nothing");                                        \
            exit(1);                                                                                         \
        }                                                                                                    \
        meetlat_string_free(&(document));                                                                    \
    } while (0)

#define GIVEN MEETLAT_RESULT_GIVEN
#define REFUSED MEETLAT_RESULT_REFUSED
#define WRONG_CALL MEETLAT_RESULT_WRONG_CALL

static inline int holds(const meetlat_string *document, const char *words)
{
    return document->bytes && document->bytes[document->length] == '\0' &&
           strlen(document->bytes) == document->length && strstr(document->bytes, words);
}

/* A whole file, with no zero behind it: reading past its end is an error that valgrind sees. To be freed. */
static inline meetlat_text read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    REQUIRE(fseek(file, 0, SEEK_END) == 0);
    long length = ftell(file);
    REQUIRE(length > 0 && fseek(file, 0, SEEK_SET) == 0);
    char *bytes = (char *)malloc((size_t)length);
    REQUIRE(bytes && fread(bytes, 1, (size_t)length, file) == (size_t)length);
    fclose(file);
    meetlat_text text = {bytes, (size_t)length};
    return text;
}

#endif
