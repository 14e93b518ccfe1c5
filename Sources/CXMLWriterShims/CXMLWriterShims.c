#include "CXMLWriterShims.h"

#include <stdlib.h>

#include <libxml/xmlwriter.h>

struct audit_xml_writer {
    xmlBufferPtr buffer;
    xmlTextWriterPtr writer;
};

static int status(int result) {
    return result < 0 ? -1 : 0;
}

audit_xml_writer *audit_xml_writer_create(void) {
    audit_xml_writer *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    self->buffer = xmlBufferCreate();
    if (self->buffer != NULL) self->writer = xmlNewTextWriterMemory(self->buffer, 0);
    if (self->writer == NULL || xmlTextWriterSetIndent(self->writer, 1) < 0
        || xmlTextWriterSetIndentString(self->writer, BAD_CAST "  ") < 0
        || xmlTextWriterStartDocument(self->writer, "1.0", "UTF-8", NULL) < 0) {
        audit_xml_writer_destroy(self);
        return NULL;
    }
    return self;
}

void audit_xml_writer_destroy(audit_xml_writer *self) {
    if (self == NULL) return;
    if (self->writer != NULL) xmlFreeTextWriter(self->writer);
    if (self->buffer != NULL) xmlBufferFree(self->buffer);
    free(self);
}

int audit_xml_writer_start_element(audit_xml_writer *self, const char *name) {
    return status(xmlTextWriterStartElement(self->writer, BAD_CAST name));
}

int audit_xml_writer_end_element(audit_xml_writer *self) {
    return status(xmlTextWriterEndElement(self->writer));
}

int audit_xml_writer_attribute(audit_xml_writer *self, const char *name, const char *value) {
    return status(xmlTextWriterWriteAttribute(self->writer, BAD_CAST name, BAD_CAST value));
}

int audit_xml_writer_text(audit_xml_writer *self, const char *text) {
    return status(xmlTextWriterWriteString(self->writer, BAD_CAST text));
}

int audit_xml_writer_finish(audit_xml_writer *self, const char **bytes, size_t *count) {
    if (xmlTextWriterEndDocument(self->writer) < 0 || xmlTextWriterFlush(self->writer) < 0) return -1;
    *bytes = (const char *)xmlBufferContent(self->buffer);
    *count = (size_t)xmlBufferLength(self->buffer);
    return 0;
}
