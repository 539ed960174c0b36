/*
 * hs times Hyperscan on the literals that rivals are given: one thread, the log in
 * memory, blocks of whole lines of the size that wsalog's pipeline cuts. It prints
 * the least seconds of all runs, the bytes of the log and the matches, separated by
 * tabs.
 *
 *     hs LITERALS LOG RUNS
 */
#define _GNU_SOURCE
#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BLOCK = 1 << 20 };

struct bytes {
	char *data;
	size_t size;
};

static void fail(const char *what, const char *why) {
	fprintf(stderr, "hs: %s: %s\n", what, why);
	exit(2);
}

static struct bytes read_file(const char *name) {
	struct bytes b = {NULL, 0};
	FILE *f = fopen(name, "rb");
	if (!f || fseek(f, 0, SEEK_END) != 0)
		fail(name, "cannot open");
	b.size = (size_t)ftell(f);
	rewind(f);
	b.data = malloc(b.size + 1);
	if (!b.data || fread(b.data, 1, b.size, f) != b.size)
		fail(name, "cannot read");
	b.data[b.size] = '\0';
	fclose(f);
	return b;
}

/* compile_lines makes a database of the lines of a file, as plain literals. */
static hs_database_t *compile_lines(const char *name) {
	struct bytes file = read_file(name);
	size_t room = 0, n = 0;
	for (size_t i = 0; i < file.size; i++)
		room += file.data[i] == '\n';
	const char **text = calloc(room + 1, sizeof *text);
	size_t *size = calloc(room + 1, sizeof *size);
	unsigned *flags = calloc(room + 1, sizeof *flags), *ids = calloc(room + 1, sizeof *ids);
	if (!text || !size || !flags || !ids)
		fail(name, "no memory");
	for (char *line = strtok(file.data, "\n"); line && n <= room; line = strtok(NULL, "\n")) {
		text[n] = line;
		size[n] = strlen(line);
		ids[n] = (unsigned)n;
		n++;
	}
	hs_database_t *db = NULL;
	hs_compile_error_t *err = NULL;
	if (hs_compile_lit_multi(text, flags, ids, size, (unsigned)n, HS_MODE_BLOCK, NULL, &db, &err) != HS_SUCCESS)
		fail(name, err->message);
	return db;
}

static int count_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *counter) {
	(void)id, (void)from, (void)to, (void)flags;
	++*(unsigned long long *)counter;
	return 0;
}

/* block_end returns where the block that begins at from ends: behind the last line
 * end in reach, or at the first one when the line is longer than a block. */
static size_t block_end(struct bytes log, size_t from) {
	if (log.size - from <= BLOCK)
		return log.size;
	char *end = memrchr(log.data + from, '\n', BLOCK);
	if (!end)
		end = memchr(log.data + from, '\n', log.size - from);
	return end ? (size_t)(end - log.data) + 1 : log.size;
}

static unsigned long long search(hs_database_t *db, hs_scratch_t *scratch, struct bytes log) {
	unsigned long long matches = 0;
	for (size_t from = 0, end; from < log.size; from = end) {
		end = block_end(log, from);
		if (hs_scan(db, log.data + from, (unsigned)(end - from), 0, scratch, count_match, &matches) != HS_SUCCESS)
			fail("scan", "Hyperscan reports an error");
	}
	return matches;
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
	if (argc != 4 || atoi(argv[3]) < 1)
		fail("usage", "hs LITERALS LOG RUNS");
	hs_database_t *db = compile_lines(argv[1]);
	hs_scratch_t *scratch = NULL;
	if (hs_alloc_scratch(db, &scratch) != HS_SUCCESS)
		fail("scratch", "no memory");
	struct bytes log = read_file(argv[2]);
	double least = 0;
	unsigned long long matches = 0;
	for (int i = 0; i < atoi(argv[3]); i++) {
		double began = now();
		matches = search(db, scratch, log);
		double took = now() - began;
		if (i == 0 || took < least)
			least = took;
	}
	printf("%.6f\t%zu\t%llu\n", least, log.size, matches);
	return 0;
}
