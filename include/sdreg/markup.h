/* SPDX-License-Identifier: MIT */
#ifndef SDREG_MARKUP_H
#define SDREG_MARKUP_H

/** @file
 * How an XML source wrote a record, a person and what is around them: what sdreg_export_xml() gives
 * back, and what sdreg_export_csv() needs to break lines as IANA does. Only readers of XML need it.
 *
 * Markup is XML as W3C Canonical XML 1.0 writes it (each element with its end tag, values in double
 * quotes, no CDATA), with the white space before the element, in which bytes below 0x20 that XML
 * does not allow stand for what is there already:
 *
 * In a record: an element whose text is that of a column, or an xref whose data attribute is the
 * next item of a column of bracketed items, or an attribute with a column's text. In a person: the
 * same of a person's columns. In the frame: the next record, or the next person.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** A line break and IANA's blanks before an element: four in a record, six in a person. */
#define SDREG_MARKUP_LINE '\x12'

/** Bytes that stand for parts of a record. */
enum sdreg_record_markup {
	SDREG_RECORD_MARKUP_NAME = 0x01, /**< `<name>` with the service name */
	SDREG_RECORD_MARKUP_NUMBER = 0x02, /**< `<number>` with the port */
	SDREG_RECORD_MARKUP_PROTOCOL = 0x03, /**< `<protocol>` with the transport */
	SDREG_RECORD_MARKUP_DESCRIPTION = 0x04, /**< `<description>` */
	SDREG_RECORD_MARKUP_SC = 0x05, /**< `<sc>` with the service code */
	SDREG_RECORD_MARKUP_UNAUTHORIZED = 0x06, /**< `<unauthorized>` */
	SDREG_RECORD_MARKUP_NOTE = 0x07, /**< `<note>` */
	SDREG_RECORD_MARKUP_CONTACT =
		0x08, /**< xref of type person: the next item of the contacts */
	SDREG_RECORD_MARKUP_ASSIGNEE =
		0x0b, /**< xref of type person: the next item of the assignee */
	SDREG_RECORD_MARKUP_RFC =
		0x0c, /**< xref of type rfc: the next reference, in small letters */
	SDREG_RECORD_MARKUP_DRAFT = 0x0e, /**< xref of type draft: the next reference */
	SDREG_RECORD_MARKUP_URI = 0x0f, /**< xref of type uri: the next reference */
	SDREG_RECORD_MARKUP_DATE = 0x10, /**< ` date=` with the registration date */
	SDREG_RECORD_MARKUP_UPDATED = 0x11, /**< ` updated=` with the modification date */
	/** for nothing; what is behind it is an element that has the name of one of the registry's,
	 * and is not in its namespace */
	SDREG_RECORD_MARKUP_FOREIGN = 0x13,
};

/** Bytes that stand for parts of a person. */
enum sdreg_person_markup {
	SDREG_PERSON_MARKUP_NAME = 0x01, /**< `<name>` */
	SDREG_PERSON_MARKUP_ORG = 0x02, /**< `<org>` */
	SDREG_PERSON_MARKUP_URI = 0x03, /**< `<uri>` with the next of the URIs */
	SDREG_PERSON_MARKUP_UPDATED = 0x04, /**< `<updated>` */
	SDREG_PERSON_MARKUP_ID = 0x05, /**< ` id=` */
};

/** Bytes of the frame that stand for records and people. */
enum sdreg_frame_markup {
	SDREG_FRAME_MARKUP_RECORD = 0x01, /**< the next record */
	SDREG_FRAME_MARKUP_PERSON = 0x02, /**< the next person */
};

#ifdef __cplusplus
}
#endif

#endif
