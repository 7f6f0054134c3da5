/* SPDX-License-Identifier: MIT */

/*
 * mdns-crowd INTERFACE SERVICES TYPES: a host that answers multicast DNS questions (RFC 6762) for
 * so many services of so many types, paced, so that a daemon's socket can hold what comes.
 * Nothing is kept of a service: all that there is of it follows from its number. IPv4 only.
 *
 *   Service 00042._crowd0002._tcp.local   on host8.local, 10.77.0.8, port 1042, with a TXT record
 *
 * It ends by a signal.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	TYPE_A = 1,
	TYPE_PTR = 12,
	TYPE_TXT = 16,
	TYPE_SRV = 33,
	TYPE_ANY = 255,
	CLASS_IN = 1,
	FLUSH = 0x8000, /* RFC 6762 section 10.2 */
	FLAG_RESPONSE = 0x80,
	FLAG_TRUNCATED = 0x02,
	PACKET = 1400,
	RECORDS_OF_SERVICE = 400, /* bytes that all records of one service have room in */
	NAME = 256,
	PER_HOST = 5, /* services of one host */
	PAUSE_US = 400, /* between two packets */
	WAIT_MS = 450, /* for the rest of the known answers (section 7.2) */
	TTL = 4500,
};

struct job { /* what is asked for of one type */
	unsigned next; /* the next service to tell; services for none */
	long long at; /* milliseconds: not before */
};

struct crowd {
	int sock;
	unsigned services;
	unsigned types;
	struct job *jobs; /* one a type, and one for the types themselves */
	unsigned active;
	unsigned char *known; /* services that the one who asks knows */
	unsigned char packet[PACKET];
	size_t len;
	unsigned answers;
};

static long long now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- writing ---- */

static void flush(struct crowd *c)
{
	static const struct timespec pause = {0, PAUSE_US * 1000L};
	const struct sockaddr_in group = {.sin_family = AF_INET,
		.sin_port = htons(5353),
		.sin_addr.s_addr = htonl(0xe00000fb)};
	const unsigned char header[12] = {0, 0, FLAG_RESPONSE | 4, 0, 0, 0,
		(unsigned char)(c->answers >> 8), (unsigned char)c->answers};
	if (c->answers == 0)
		return;
	memcpy(c->packet, header, sizeof(header));
	sendto(c->sock, c->packet, c->len, 0, (const struct sockaddr *)&group, sizeof(group));
	c->len = sizeof(header);
	c->answers = 0;
	nanosleep(&pause, NULL);
}

static void put16(struct crowd *c, unsigned value)
{
	c->packet[c->len++] = (unsigned char)(value >> 8);
	c->packet[c->len++] = (unsigned char)value;
}

static void put_name(struct crowd *c, const char *name)
{
	while (*name != '\0') {
		const size_t n = strcspn(name, ".");
		c->packet[c->len++] = (unsigned char)n;
		memcpy(c->packet + c->len, name, n);
		c->len += n;
		name += n + (name[n] == '.');
	}
	c->packet[c->len++] = 0;
}

/* The head of a record; gives where its length belongs. */
static size_t begin(struct crowd *c, const char *name, unsigned type, unsigned flush_bit)
{
	put_name(c, name);
	put16(c, type);
	put16(c, CLASS_IN | flush_bit);
	put16(c, 0);
	put16(c, TTL);
	put16(c, 0);
	c->answers++;
	return c->len - 2;
}

static void end(struct crowd *c, size_t at)
{
	const size_t n = c->len - at - 2;
	c->packet[at] = (unsigned char)(n >> 8);
	c->packet[at + 1] = (unsigned char)n;
}

/* ---- what there is ---- */

static void type_name(unsigned type, char out[NAME])
{
	snprintf(out, NAME, "_crowd%04u._tcp.local", type);
}

static void instance_name(const struct crowd *c, unsigned service, char out[NAME])
{
	snprintf(out, NAME, "Service %05u._crowd%04u._tcp.local", service, service % c->types);
}

static void put_pointer(struct crowd *c, const char *from, const char *to)
{
	const size_t at = begin(c, from, TYPE_PTR, 0);
	put_name(c, to);
	end(c, at);
}

static void put_srv(struct crowd *c, unsigned service)
{
	char name[NAME];
	instance_name(c, service, name);
	const size_t at = begin(c, name, TYPE_SRV, FLUSH);
	put16(c, 0);
	put16(c, 0);
	put16(c, 1000 + service % 60000);
	snprintf(name, sizeof(name), "host%u.local", service / PER_HOST);
	put_name(c, name);
	end(c, at);
}

static void put_txt(struct crowd *c, unsigned service)
{
	char name[NAME];
	instance_name(c, service, name);
	const size_t at = begin(c, name, TYPE_TXT, FLUSH);
	const char *const texts[] = {"txtvers=1", "path=/service", name};
	snprintf(name, sizeof(name), "id=%08x", service * 2654435761u);
	for (size_t i = 0; i < 3; i++) {
		const size_t n = strlen(texts[i]);
		c->packet[c->len++] = (unsigned char)n;
		memcpy(c->packet + c->len, texts[i], n);
		c->len += n;
	}
	end(c, at);
}

static void put_address(struct crowd *c, unsigned host)
{
	char name[NAME];
	snprintf(name, sizeof(name), "host%u.local", host);
	const size_t at = begin(c, name, TYPE_A, FLUSH);
	put16(c, 10 << 8 | 77);
	put16(c, host & 0xffff);
	end(c, at);
}

static void room(struct crowd *c)
{
	if (c->len + RECORDS_OF_SERVICE > PACKET)
		flush(c);
}

/* ---- jobs ---- */

/* Whether a job goes on. Tells one service or one type. */
static int work(struct crowd *c, unsigned job)
{
	struct job *const j = &c->jobs[job];
	char from[NAME];
	char to[NAME];
	if (job == c->types) {
		type_name(j->next++, to);
		put_pointer(c, "_services._dns-sd._udp.local", to);
		return j->next < c->types;
	}
	const unsigned service = j->next;
	j->next += c->types;
	if (!c->known[service]) {
		type_name(job, from);
		instance_name(c, service, to);
		put_pointer(c, from, to);
		put_srv(c, service);
		put_txt(c, service);
		put_address(c, service / PER_HOST);
	}
	return j->next < c->services;
}

/* Goes on with all jobs that are due, one after the other, a packet at most. */
static void go_on(struct crowd *c)
{
	const long long now = now_ms();
	for (unsigned job = c->types + 1; job-- > 0;) { /* types first */
		struct job *const j = &c->jobs[job];
		while (j->next != UINT32_MAX && j->at <= now) {
			if (c->len + RECORDS_OF_SERVICE > PACKET) {
				flush(c);
				return;
			}
			if (work(c, job))
				continue;
			j->next = UINT32_MAX;
			c->active--;
		}
	}
	flush(c);
}

static void start(struct crowd *c, unsigned job, int truncated)
{
	struct job *const j = &c->jobs[job];
	if (job < c->types && job >= c->services)
		return;
	for (unsigned i = job; job < c->types && i < c->services; i += c->types)
		c->known[i] = 0;
	c->active += j->next == UINT32_MAX;
	j->next = job < c->types ? job : 0;
	j->at = now_ms() + (truncated ? WAIT_MS : 0);
}

/* ---- reading ---- */

/* The name at an offset as text, lower case not needed: who asks takes it from us. 0 for what is
 * none; else the offset behind it. */
static size_t read_name(const unsigned char *data, size_t len, size_t at, char out[NAME])
{
	size_t behind = 0;
	size_t n = 0;
	for (int hops = 0; at < len && hops < 64;) {
		const size_t label = data[at];
		if (label >= 0xc0 && at + 1 < len) {
			behind = behind != 0 ? behind : at + 2;
			at = (label & 0x3f) << 8 | data[at + 1];
			hops++;
			continue;
		}
		if (label == 0) {
			out[n > 0 ? n - 1 : 0] = '\0';
			return behind != 0 ? behind : at + 1;
		}
		if (label > 63 || at + 1 + label > len || n + label + 1 >= NAME)
			return 0;
		memcpy(out + n, data + at + 1, label);
		n += label;
		out[n++] = '.';
		at += 1 + label;
	}
	return 0;
}

static void answer_question(struct crowd *c, const char *name, unsigned type, int truncated)
{
	unsigned service;
	unsigned of_type;
	unsigned host;
	char rest[16];
	room(c);
	if (strcmp(name, "_services._dns-sd._udp.local") == 0) {
		start(c, c->types, 0);
	} else if (sscanf(name, "_crowd%u._tcp.%15s", &of_type, rest) == 2 && of_type < c->types) {
		start(c, of_type, truncated);
	} else if (sscanf(name, "Service %u._crowd%u._tcp.%15s", &service, &of_type, rest) == 3 &&
		service < c->services && service % c->types == of_type) {
		if (type == TYPE_SRV || type == TYPE_ANY)
			put_srv(c, service);
		if (type == TYPE_TXT || type == TYPE_ANY)
			put_txt(c, service);
	} else if (sscanf(name, "host%u.%15s", &host, rest) == 2 &&
		host <= c->services / PER_HOST && (type == TYPE_A || type == TYPE_ANY)) {
		put_address(c, host);
	}
}

/* What the one who asks knows is not told again (RFC 6762 section 7.1). */
static void read_known(struct crowd *c, const unsigned char *data, size_t len, size_t at,
	unsigned count)
{
	char name[NAME];
	unsigned service;
	while (count-- > 0 && (at = read_name(data, len, at, name)) != 0 && at + 10 <= len) {
		const unsigned type = (unsigned)data[at] << 8 | data[at + 1];
		const size_t n = (size_t)data[at + 8] << 8 | data[at + 9];
		if (type == TYPE_PTR && read_name(data, len, at + 10, name) != 0 &&
			sscanf(name, "Service %u.", &service) == 1 && service < c->services)
			c->known[service] = 1;
		at += 10 + n;
	}
}

static void read_message(struct crowd *c, const unsigned char *data, size_t len)
{
	size_t at = 12;
	char name[NAME];
	if (len < at || (data[2] & FLAG_RESPONSE) != 0)
		return;
	for (unsigned n = (unsigned)data[4] << 8 | data[5]; n > 0; n--) {
		at = read_name(data, len, at, name);
		if (at == 0 || at + 4 > len)
			return;
		answer_question(c, name, (unsigned)data[at] << 8 | data[at + 1],
			(data[2] & FLAG_TRUNCATED) != 0);
		at += 4;
	}
	read_known(c, data, len, at, (unsigned)data[6] << 8 | data[7]);
	flush(c);
}

/* ---- the host ---- */

static int open_socket(const char *interface)
{
	const int yes = 1;
	const int ttl = 255;
	const int no = 0;
	const struct ip_mreqn group = {{htonl(0xe00000fb)}, {0}, (int)if_nametoindex(interface)};
	const struct sockaddr_in any = {.sin_family = AF_INET, .sin_port = htons(5353)};
	const int sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (sock < 0 || group.imr_ifindex == 0 ||
		setsockopt(sock, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0 ||
		setsockopt(sock, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof(yes)) < 0 ||
		bind(sock, (const struct sockaddr *)&any, sizeof(any)) < 0 ||
		setsockopt(sock, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof(group)) < 0 ||
		setsockopt(sock, IPPROTO_IP, IP_MULTICAST_IF, &group, sizeof(group)) < 0 ||
		setsockopt(sock, IPPROTO_IP, IP_MULTICAST_TTL, &ttl, sizeof(ttl)) < 0 ||
		setsockopt(sock, IPPROTO_IP, IP_MULTICAST_LOOP, &no, sizeof(no)) < 0)
		return -1;
	return sock;
}

static int serve(struct crowd *c)
{
	unsigned char data[9000];
	struct pollfd fd = {c->sock, POLLIN, 0};
	for (;;) {
		/* a job may wait for known answers: that is looked at every 10 ms */
		if (poll(&fd, 1, c->active > 0 ? (c->len > 12 ? 0 : 10) : -1) < 0 && errno != EINTR)
			return 1;
		while (recv(c->sock, data, 0, MSG_DONTWAIT | MSG_PEEK) >= 0) {
			const ssize_t n = recv(c->sock, data, sizeof(data), MSG_DONTWAIT);
			if (n > 0)
				read_message(c, data, (size_t)n);
		}
		for (unsigned turn = 0; turn < 8 && c->active > 0; turn++)
			go_on(c);
	}
}

int main(int argc, char **argv)
{
	static struct crowd c;
	if (argc != 4) {
		fputs("usage: mdns-crowd INTERFACE SERVICES TYPES\n", stderr);
		return 2;
	}
	c.services = (unsigned)strtoul(argv[2], NULL, 10);
	c.types = (unsigned)strtoul(argv[3], NULL, 10);
	c.sock = open_socket(argv[1]);
	c.known = calloc(c.services + 1, 1);
	c.jobs = calloc(c.types + 1, sizeof(*c.jobs));
	c.len = 12;
	if (c.types == 0 || c.sock < 0 || c.known == NULL || c.jobs == NULL) {
		perror("mdns-crowd");
		return 1;
	}
	for (unsigned i = 0; i <= c.types; i++)
		c.jobs[i].next = UINT32_MAX;
	return serve(&c);
}
