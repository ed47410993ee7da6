#include "support/python_peer.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <sstream>

namespace bellwether::sip_test {

PythonPeer::PythonPeer(const std::string& program, const std::vector<std::string>& arguments) {
    std::vector<std::string> command = {"env", "BW_REFERENCE=" BW_REFERENCE, "python3",
                                        BW_SIP_TESTS "/peers/" + program + ".py"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    process_ = std::make_unique<ChildProcess>(command, fresh_folder() + "/output",
                                              std::chrono::seconds{30});
    for (int i = 0; i < 1000 && port_ == 0 && process_->running(); ++i) {
        poll(nullptr, 0, 10);
        std::istringstream text{output()};
        std::string word;
        if (text >> word && word == "port") text >> port_;
    }
    EXPECT_NE(port_, 0) << output();
}

bool PythonPeer::passed() { return process_->wait() == 0; }

std::vector<std::string> PythonPeer::findings() const {
    std::istringstream text{output()};
    std::vector<std::string> lines;
    std::string line;
    std::getline(text, line);
    while (std::getline(text, line)) lines.push_back(line);
    return lines;
}

}  // namespace bellwether::sip_test
