// Calendar text read by libical, as Thunderbird and others read it.
#pragma once

#include <libical/ical.h>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace calendar_test {

class Ical {
public:
    explicit Ical(const std::string& text) : root_{icalparser_parse_string(text.c_str()), icalcomponent_free} {
        EXPECT_TRUE(root_) << text;
        EXPECT_TRUE(icalrestriction_check(root_.get())) << text;
        EXPECT_EQ(icalcomponent_count_errors(root_.get()), 0) << text;
        check_lines(text);
    }
    std::vector<icalcomponent*> events() const {
        std::vector<icalcomponent*> out;
        for (auto* each = icalcomponent_get_first_component(root_.get(), ICAL_VEVENT_COMPONENT); each;
             each = icalcomponent_get_next_component(root_.get(), ICAL_VEVENT_COMPONENT))
            out.push_back(each);
        return out;
    }
    icalcomponent* event(const std::string& title) const {
        for (auto* each : events())
            if (icalcomponent_get_summary(each) == title) return each;
        ADD_FAILURE() << "no event " << title;
        return nullptr;
    }
    std::string method() const { return icalproperty_method_to_string(icalcomponent_get_method(root_.get())); }
    int zones() const { return icalcomponent_count_components(root_.get(), ICAL_VTIMEZONE_COMPONENT); }
    // With the rules that the text brings along, not those of this machine.
    std::string start_utc(icalcomponent* event) const {
        auto* property = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
        auto time = icalproperty_get_datetime_with_component(property, root_.get());
        if (!time.is_date) time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
        return icaltime_as_ical_string(time);
    }

private:
    static void check_lines(const std::string& text) {
        // lines end as RFC 5545 wants them, and none is longer than 75 octets
        for (std::size_t from = 0; from < text.size();) {
            const auto end = text.find("\r\n", from);
            ASSERT_NE(end, std::string::npos) << "the last line has no end";
            EXPECT_LE(end - from, 75u) << text.substr(from, end - from);
            from = end + 2;
        }
    }
    std::unique_ptr<icalcomponent, void (*)(icalcomponent*)> root_;
};

}  // namespace calendar_test
