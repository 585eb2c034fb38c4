// What a Dolibarr says of one object, in our words: the same whether it was read from the database or by REST.
//
// data holds the members that the module which takes it in knows (plugins/<module>/intake.md), and these differences:
// - "<name>_erp": the id of an object in the ERP where our module wants "<name>_id"; null when there is none;
// - texts are plain text or Markdown, never HTML; empty is null; times are RFC 3339 in UTC; days "2026-11-23"; money in cents.
//
// kind          members
// user          login, email, first_name, last_name, phone, active, language, account_erp (of somebody outside)
// group         name, members_erp: [user]
// choice        list ("ticket_type" | "ticket_category" | "ticket_severity" | "ticket_resolution" | "event_type"), code, label, active
// account       name, code, type ("customer" | "prospect" | "supplier" | "lead"), email, phone, website, address, zip, town,
//               country (ISO 3166 alpha-2), notes, active, custom: {name: value}
// contact       account_erp, first_name, last_name, job_title, email, phone, mobile, active, language, custom
// contract      account_erp, ref, label, starts_on, ends_on, status ("draft" | "running" | "ended"), custom,
//               lines: [{erp, label, description, product_ref, quantity, unit_price (cents), starts_on, ends_on, status}]
// equipment     serial, product_ref, product_label, account_erp (from a shipment, else null), commissioned_on, custom
// proposal      account_erp, ref, customer_ref, status ("draft" | "validated" | "signed" | "refused" | "billed"), date, valid_until,
//               ticket_erp, lines: [{description, product_ref, quantity, unit_price (cents), discount (hundredths of a per cent),
//               vat (hundredths of a per cent), service: bool}], total_net, total_vat, total_gross (cents)
// intervention  account_erp, contract_erp, ticket_erp, ref, customer_ref, status ("draft" | "validated" | "done" | "billed"),
//               description, starts_at, ends_at, lines: [{date, description, duration_s}]
// event         label, description, type (code), starts_at, ends_at, all_day, location, done, account_erp, contact_erp, owner_erp,
//               users_erp: [user], contacts_erp: [contact], ticket_erp
// ticket        ref, tracking_id, account_erp, contact_erp, contract_erp, subject, description, status (0 to 9 as in Dolibarr),
//               type, category, severity, resolution (codes), progress, requester_email, created_by_erp, assignee_erp,
//               created_at, read_at, closed_at, custom
// message       ticket_erp, subject, body, private: bool, author_erp (user), author_contact_erp, author_email, created_at
// file          ticket_erp, message_erp or null, name, bytes, path (to ask Source::content for)
#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace dolibarr::erp {

enum class Kind { user, group, choice, account, contact, contract, equipment, proposal, intervention, event, ticket, message, file };

// In the order in which they can be read: what others name comes first.
inline constexpr Kind kKinds[] = {Kind::user,     Kind::group,     Kind::choice,   Kind::account, Kind::contact,
                                  Kind::contract, Kind::equipment, Kind::proposal, Kind::ticket,  Kind::intervention,
                                  Kind::event,    Kind::message,   Kind::file};

std::string_view name_of(Kind kind);                 // "account"; as in tables, settings and addresses
bool kind_named(std::string_view name, Kind& kind);  // false: there is no such kind

struct Record {
    Kind kind{};
    int64_t id = 0;          // rowid there; a choice has that of its dictionary's row
    int64_t entity = 1;      // of the multi-company module; 1 without it
    int64_t changed_us = 0;  // tms, microseconds since 1970 UTC; 0: not told
    std::string page;        // path of its page in the ERP, "/societe/card.php?socid=12"; "" when it has none
    boost::json::object data;
};

// The same for the same content whoever read it: over data with its members sorted; 32 hexadecimal digits.
std::string digest_of(const boost::json::object& data);

}  // namespace dolibarr::erp
