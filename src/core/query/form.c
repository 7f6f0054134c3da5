/* SPDX-License-Identifier: MIT */
#include "form.h"

#include "common/ascii.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

enum {
	NUMBER_BYTES = 8,
	PREFIX_BITS = 128,
	MAC_DIGITS = 12,
	EUI64_DIGITS = 16,
	UUID_DIGITS = 32,
};

static int has_0x(const char *at, size_t len)
{
	return len > 2 && at[0] == '0' && ascii_lower((unsigned char)at[1]) == 'x';
}

int form_number(const char *at, size_t len, uint64_t *number)
{
	const int hex = has_0x(at, len);
	const uint64_t base = hex ? 16 : 10;
	uint64_t n = 0;
	for (size_t i = hex ? 2 : 0; i < len; i++) {
		const uint64_t digit = (uint64_t)ascii_hex((unsigned char)at[i]); /* huge if none */
		if (digit >= base || n > (UINT64_MAX - digit) / base)
			return -1;
		n = base * n + digit;
	}
	if (len == 0)
		return -1;
	*number = n;
	return 0;
}

/* One number, or the low and the high 32 bits with a comma between them. */
static int read_flags(const char *at, size_t len, uint64_t *flags)
{
	const char *const comma = len > 0 ? memchr(at, ',', len) : NULL;
	uint64_t low;
	uint64_t high;
	if (comma == NULL)
		return form_number(at, len, flags);
	const size_t n = (size_t)(comma - at);
	if (form_number(at, n, &low) < 0 || form_number(comma + 1, len - n - 1, &high) < 0 ||
		low > UINT32_MAX || high > UINT32_MAX)
		return -1;
	*flags = high << 32 | low;
	return 0;
}

int form_be_number(const char *at, size_t len, uint64_t *number)
{
	uint64_t n = 0;
	if (len == 0 || len > NUMBER_BYTES)
		return -1;
	for (size_t i = 0; i < len; i++)
		n = n << 8 | (unsigned char)at[i];
	*number = n;
	return 0;
}

int form_bits(enum sdreg_key_form form, const char *at, size_t len, uint64_t *bits)
{
	if (form == SDREG_KEY_FORM_BE_FLAGS)
		return form_be_number(at, len, bits);
	if (form == SDREG_KEY_FORM_HEX_FLAGS && !has_0x(at, len))
		return -1;
	return form == SDREG_KEY_FORM_HEX_FLAGS ? form_number(at, len, bits)
						: read_flags(at, len, bits);
}

/* Bits behind the prefix count for nothing: they are shown as zeros. */
int form_prefix(const char *at, size_t len, char text[FORM_PREFIX_SIZE])
{
	struct in6_addr address = {{{0}}};
	char shown[INET6_ADDRSTRLEN];
	const unsigned bits = len > 0 ? (unsigned char)at[0] : 0;
	const size_t bytes = (bits + 7) / 8;
	if (len == 0 || bits > PREFIX_BITS || len - 1 < bytes || len - 1 > sizeof(address))
		return -1;
	memcpy(&address, at + 1, bytes);
	if (bits % 8 != 0)
		address.s6_addr[bytes - 1] &= (unsigned char)(0xff00 >> bits % 8);
	if (inet_ntop(AF_INET6, &address, shown, sizeof(shown)) == NULL)
		return -1;
	snprintf(text, FORM_PREFIX_SIZE, "%s/%u", shown, bits);
	return 0;
}

/* ---- whether a value has a form ---- */

static int is_digits(const char *at, size_t len, int base)
{
	for (size_t i = 0; i < len; i++) {
		const int digit = ascii_hex((unsigned char)at[i]);
		if (digit < 0 || digit >= base)
			return 0;
	}
	return 1;
}

/* How many hexadecimal digits there are, with separators between them; 0 for anything else. */
static size_t count_digits(const char *at, size_t len, const char *separators)
{
	size_t digits = 0;
	for (size_t i = 0; i < len; i++) {
		if (ascii_hex((unsigned char)at[i]) >= 0)
			digits++;
		else if (at[i] == '\0' || strchr(separators, at[i]) == NULL || i == 0 ||
			i == len - 1)
			return 0;
	}
	return digits;
}

static int is_mac(const char *at, size_t len)
{
	const size_t digits = count_digits(at, len, ":-.");
	return digits == MAC_DIGITS || digits == EUI64_DIGITS;
}

static int is_version(const char *at, size_t len)
{
	int in_number = 0;
	for (size_t i = 0; i < len; i++) {
		if (!ascii_is_digit((unsigned char)at[i]) && !(at[i] == '.' && in_number))
			return 0;
		in_number = at[i] != '.';
	}
	return in_number;
}

static int has_parts(const char *at, size_t len)
{
	while (len > 0) {
		const char *const comma = memchr(at, ',', len);
		const size_t n = comma != NULL ? (size_t)(comma - at) : len;
		const char *const equals = memchr(at, '=', n);
		if (equals == NULL || equals == at)
			return 0;
		at += comma != NULL ? n + 1 : n;
		len -= comma != NULL ? n + 1 : n;
	}
	return 1;
}

int sdreg_key_has_form(const struct sdreg_key *key, const char *value, size_t len)
{
	const enum sdreg_key_form form = sdreg_key_form(key);
	char text[FORM_PREFIX_SIZE];
	uint64_t number;
	if (len == 0)
		return 1;
	switch (form) {
	case SDREG_KEY_FORM_NUMBER:
		return is_digits(value, len, 10);
	case SDREG_KEY_FORM_HEX:
		return has_0x(value, len) ? is_digits(value + 2, len - 2, 16)
					  : is_digits(value, len, 16);
	case SDREG_KEY_FORM_FLAGS:
	case SDREG_KEY_FORM_HEX_FLAGS:
	case SDREG_KEY_FORM_BE_FLAGS:
		return form_bits(form, value, len, &number) == 0;
	case SDREG_KEY_FORM_BE_NUMBER:
		return form_be_number(value, len, &number) == 0;
	case SDREG_KEY_FORM_PREFIX:
		return form_prefix(value, len, text) == 0;
	case SDREG_KEY_FORM_UUID:
		return count_digits(value, len, "-") == UUID_DIGITS;
	case SDREG_KEY_FORM_MAC:
		return is_mac(value, len);
	case SDREG_KEY_FORM_VERSION:
		return is_version(value, len);
	case SDREG_KEY_FORM_PARTS:
		return has_parts(value, len);
	case SDREG_KEY_FORM_PATH:
		return value[0] != '/';
	case SDREG_KEY_FORM_TEXT:
	case SDREG_KEY_FORM_LIST:
	case SDREG_KEY_FORM_URL:
	case SDREG_KEY_FORM_BINARY:
	case SDREG_KEY_FORM_WORDS:
		break;
	}
	return 1;
}

int sdreg_key_form_is_bytes(enum sdreg_key_form form)
{
	return form == SDREG_KEY_FORM_BINARY || form == SDREG_KEY_FORM_BE_NUMBER ||
		form == SDREG_KEY_FORM_BE_FLAGS || form == SDREG_KEY_FORM_PREFIX;
}

const char *form_words(enum sdreg_key_form form)
{
	static const char *const words[] = {
		[SDREG_KEY_FORM_NUMBER] = "a decimal number",
		[SDREG_KEY_FORM_HEX] = "a hexadecimal number",
		[SDREG_KEY_FORM_FLAGS] = "a number of flags",
		[SDREG_KEY_FORM_UUID] = "a UUID",
		[SDREG_KEY_FORM_MAC] = "a hardware address",
		[SDREG_KEY_FORM_BE_NUMBER] = "a number of 1 to 8 bytes",
		[SDREG_KEY_FORM_BE_FLAGS] = "a number of 1 to 8 bytes",
		[SDREG_KEY_FORM_PREFIX] = "an IPv6 prefix",
		[SDREG_KEY_FORM_HEX_FLAGS] = "a hexadecimal number with 0x before it",
		[SDREG_KEY_FORM_VERSION] = "a version number",
		[SDREG_KEY_FORM_PARTS] = "a list of parts such as a=b,c=d",
		[SDREG_KEY_FORM_PATH] = "a path without a slash before it",
	};
	const size_t i = (size_t)form;
	return i < sizeof(words) / sizeof(words[0]) ? words[i] : NULL;
}
