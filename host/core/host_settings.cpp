#include "core/settings.hpp"

namespace host::core {

// Titles and descriptions are msgids of the host.
std::string_view host_settings_schema() {
    return R"json({
  "type": "object",
  "properties": {
    "company": {
      "type": "object",
      "title": "Company",
      "description": "Who your customers deal with: on pages, in messages and on documents.",
      "properties": {
        "name": { "type": "string", "title": "Name", "maxLength": 120, "default": "" },
        "address": { "type": "string", "title": "Address", "x-multiline": true, "maxLength": 500, "default": "" },
        "email": { "type": "string", "title": "E-mail", "format": "email", "maxLength": 254 },
        "phone": { "type": "string", "title": "Phone", "maxLength": 40, "default": "" },
        "website": { "type": "string", "title": "Website", "format": "uri", "maxLength": 200 },
        "logo": { "type": "string", "title": "Logo", "format": "picture", "description": "At the head of documents: PNG, JPEG, WebP or GIF, at most 200 KB." },
        "registration": { "type": "string", "title": "Registration number", "description": "SIRET in France.", "maxLength": 40, "default": "" },
        "vat_number": { "type": "string", "title": "VAT number", "maxLength": 40, "default": "" },
        "legal": {
          "type": "string", "title": "Legal mentions", "x-multiline": true, "maxLength": 500, "default": "",
          "description": "At the foot of each page of documents: legal form, capital, register…"
        }
      }
    },
    "regional": {
      "type": "object",
      "title": "Language, time and money",
      "required": ["time_zone"],
      "properties": {
        "language": {
          "type": "string", "title": "Language", "description": "Of visitors and users who have chosen none.",
          "enum": ["fr", "en"], "x-labels": { "fr": "Français", "en": "English" }, "default": "fr"
        },
        "time_zone": {
          "type": "string", "title": "Time zone", "description": "Of the company: numbers of documents and planned jobs follow its clock.",
          "format": "time-zone", "default": "Europe/Paris"
        },
        "currency": {
          "type": "string", "title": "Currency", "default": "EUR",
          "enum": ["EUR", "CHF", "CAD", "GBP", "USD", "XPF", "XOF", "XAF", "MAD", "TND", "DZD"],
          "x-labels": {
            "EUR": "Euro (EUR)", "CHF": "Swiss franc (CHF)", "CAD": "Canadian dollar (CAD)", "GBP": "Pound sterling (GBP)", "USD": "US dollar (USD)",
            "XPF": "CFP franc (XPF)", "XOF": "West African CFA franc (XOF)", "XAF": "Central African CFA franc (XAF)", "MAD": "Moroccan dirham (MAD)",
            "TND": "Tunisian dinar (TND)", "DZD": "Algerian dinar (DZD)"
          }
        },
        "fiscal_month": {
          "type": "integer", "title": "First month of the fiscal year", "minimum": 1, "maximum": 12, "default": 1,
          "description": "From 1 to 12. Counters that start again with the fiscal year do so in this month."
        }
      }
    }
  }
})json";
}

}  // namespace host::core
