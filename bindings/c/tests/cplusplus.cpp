// The header from C++: one verdict. Run in the repository's folder tests/cases/klein.
#include <fstream>
#include <iostream>
#include <iterator>
#include <meetlat.h>
#include <string>

static meetlat_text text(const std::string &text)
{
    return {text.data(), text.size()};
}

int main()
{
    std::ifstream file("regels.meetlat", std::ios::binary);
    const std::string read((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const meetlat_named regels{meetlat_text_of("regels.meetlat"), text(read)};
    meetlat_rules *rules = nullptr;
    meetlat_string out{};
    if (meetlat_compile(&regels, 1, nullptr, nullptr, meetlat_text{}, &rules, &out) != MEETLAT_RESULT_GIVEN) {
        std::cerr << out.bytes << '\n';
        return 1;
    }
    const std::string proposal = R"({"meetlat": "klein", "antwoorden": {"gezond": "nee"}})";
    const auto result =
        meetlat_evaluate(rules, {meetlat_text_of("voorstel.json"), text(proposal)}, meetlat_how{}, &out);
    const std::string verdict(out.bytes, out.length);
    meetlat_string_free(&out);
    meetlat_rules_free(rules);
    if (result != MEETLAT_RESULT_GIVEN || verdict.find("afgewezen") == std::string::npos) {
        std::cerr << verdict << '\n';
        return 1;
    }
    std::cout << "C++: a verdict\n";
}
