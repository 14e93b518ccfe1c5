#ifndef CXML_WRITER_SHIMS_H
#define CXML_WRITER_SHIMS_H

#include <stddef.h>

/// Writes one XML document in UTF-8 into memory. Every function returns 0 on success and -1 when libxml2 reports an
/// error. Text must be UTF-8 of XML 1.0 scalars only: libxml2 does not check it.
typedef struct audit_xml_writer audit_xml_writer;

/// Starts a document with an XML declaration; NULL when memory is short.
audit_xml_writer *audit_xml_writer_create(void);
/// Frees the writer and its buffer; NULL is allowed.
void audit_xml_writer_destroy(audit_xml_writer *writer);

int audit_xml_writer_start_element(audit_xml_writer *writer, const char *name);
int audit_xml_writer_end_element(audit_xml_writer *writer);
int audit_xml_writer_attribute(audit_xml_writer *writer, const char *name, const char *value);
int audit_xml_writer_text(audit_xml_writer *writer, const char *text);

/// Closes what is open and hands out the document, valid until the writer is destroyed.
int audit_xml_writer_finish(audit_xml_writer *writer, const char **bytes, size_t *count);

#endif
